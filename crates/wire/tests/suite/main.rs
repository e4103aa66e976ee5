//! The protocol's tests: published and computed vectors, facts, properties.
//!
//! One binary, because linking each file on its own costs more than running it.

mod errcode;
mod ids;
mod push;
mod push_modes;
mod vectors;

use wire::callback::Credentials;
use wire::ids::{AppId, EncodingAesKey, Token};

/// What the account of the computed vectors shares with its server.
fn credentials() -> Credentials {
    Credentials {
        token: Token::parse(vectors::computed::TOKEN).expect("a token"),
        aes_key: EncodingAesKey::parse(vectors::computed::AES_KEY).expect("a key"),
        app_id: AppId::parse(vectors::computed::APP_ID).expect("an appid"),
    }
}
