//! Signs and encrypts a push, as the account's mode asks, and names its query parameters.

use super::field::{Field, text};
use super::{Push, json, xml};
use crate::callback::{Credentials, Format, Mode};
use crate::ids::Token;
use crate::{envelope, sign};

/// What differs between two attempts at one push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// When the attempt begins, in seconds since 1970; below 2^31, as some receivers demand.
    pub timestamp: i64,
    /// A random number below 2^31.
    pub nonce: u32,
    /// Begins the encrypted message; 16 printable characters.
    pub random: [u8; 16],
}

/// A push as it goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pushed {
    /// The request body.
    pub body: Vec<u8>,
    /// The query parameters in their order, not yet percent-encoded.
    pub query: Vec<(&'static str, String)>,
    /// The request's Content-Type.
    pub content_type: &'static str,
}

impl Stamp {
    /// Makes a stamp from random bytes.
    pub fn new(timestamp: i64, random: [u8; 12]) -> Self {
        let [a, b, c, d, rest @ ..] = random;
        let mut hexadecimal = [0; 16];
        hex::encode_to_slice(rest, &mut hexadecimal).expect("8 bytes are 16 digits");
        let nonce = u32::from_be_bytes([a, b, c, d]) & (u32::MAX >> 1);
        Self { timestamp, nonce, random: hexadecimal }
    }
}

/// Writes, signs and, as the mode asks, encrypts a push.
pub fn render(
    push: &Push,
    format: Format,
    mode: Mode,
    credentials: &Credentials,
    stamp: &Stamp,
) -> Pushed {
    let mut fields = push.fields();
    let plain = match format {
        Format::Xml => xml::compact(&fields),
        Format::Json => json::object(&fields),
    };
    let (timestamp, nonce) = (stamp.timestamp.to_string(), stamp.nonce.to_string());
    let mut query = vec![
        ("signature", sign::signature(&credentials.token, &timestamp, &nonce)),
        ("timestamp", timestamp.clone()),
        ("nonce", nonce.clone()),
        ("openid", push.from.to_string()),
    ];
    let content_type = content_type(format);
    // Receivers take either parameter for a sign that they must decrypt.
    if mode == Mode::Plain {
        return Pushed { body: plain.into_bytes(), query, content_type };
    }
    let Credentials { token, aes_key, app_id } = credentials;
    let encrypt = envelope::encrypt(aes_key, app_id, plain.as_bytes(), stamp.random);
    query.push(("encrypt_type", "aes".to_owned()));
    query.push(("msg_signature", sign::msg_signature(token, &timestamp, &nonce, &encrypt)));
    if mode == Mode::Safe {
        fields.truncate(1);
    }
    fields.push(text("Encrypt", encrypt));
    Pushed { body: with_ciphertext(&fields, format).into_bytes(), query, content_type }
}

/// The query of the request that asks whether a server's owner knows the token: no mode encrypts
/// it, and the server must answer `echostr`.
pub fn verification_query(
    token: &Token,
    timestamp: i64,
    nonce: u32,
    echostr: u64,
) -> Vec<(&'static str, String)> {
    let (timestamp, nonce) = (timestamp.to_string(), nonce.to_string());
    vec![
        ("signature", sign::signature(token, &timestamp, &nonce)),
        ("echostr", echostr.to_string()),
        ("timestamp", timestamp),
        ("nonce", nonce),
    ]
}

fn with_ciphertext(fields: &[Field], format: Format) -> String {
    match format {
        Format::Xml => xml::indented(fields),
        Format::Json => json::object(fields),
    }
}

fn content_type(format: Format) -> &'static str {
    match format {
        Format::Xml => "text/xml",
        Format::Json => "application/json",
    }
}
