//! The protocol's tests: published and computed vectors, facts, properties.
//!
//! One binary, because linking each file on its own costs more than running it.

mod endpoints;
mod errcode;
mod ids;
mod properties;
mod push;
mod push_modes;
mod reply_bounds;
mod reply_envelope;
mod reply_json;
mod reply_xml;
mod vectors;

use wire::callback::Credentials;
use wire::ids::{AppId, EncodingAesKey, OpenId, Token, Username};
use wire::reply::Expected;

/// What the account of the computed vectors shares with its server.
fn credentials() -> Credentials {
    Credentials {
        token: Token::parse(vectors::computed::TOKEN).expect("a token"),
        aes_key: EncodingAesKey::parse(vectors::computed::AES_KEY).expect("a key"),
        app_id: AppId::parse(vectors::computed::APP_ID).expect("an appid"),
    }
}

/// Whom replies to the pushes of these tests must name.
fn expected() -> Expected {
    Expected {
        open_id: OpenId::parse("oABCD0123456789abcdefghijklm").expect("an openid"),
        username: Username::parse("gh_0123456789ab").expect("an original id"),
    }
}
