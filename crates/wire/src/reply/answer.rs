//! The frame of an answer: nothing at all, a plain reply, or an encrypted one.

use super::field::{broken_at, filled, present};
use super::invalid::{Broken, InvalidReply, Line, Rule, line_at, shortened};
use super::node::Node;
use super::{Reply, json, kind, xml};
use crate::callback::{Credentials, Format, Mode};
use crate::ids::{OpenId, Username};
use crate::{envelope, sign};

/// How large an answer may be. Eight articles with the longest allowed links and texts, encrypted
/// and in base64, need half of it.
pub const MAX_BYTES: usize = 64 * 1024;

/// Whom a reply must name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The follower to whom it goes.
    pub open_id: OpenId,
    /// The account from which it comes.
    pub username: Username,
}

/// Reads what a developer's server answered to a push.
///
/// Encrypted replies are read in every mode. An XML reply is read in either format.
pub fn parse(
    body: &[u8],
    format: Format,
    mode: Mode,
    credentials: &Credentials,
    expected: &Expected,
) -> Result<Reply, InvalidReply> {
    if body.len() > MAX_BYTES {
        return Err(Rule::TooLarge { limit_bytes: MAX_BYTES }.nowhere());
    }
    let document = utf8(body)?;
    let Some(answer) = read(document, format)? else { return Ok(Reply::Nothing) };
    if answer.child("Encrypt").is_some() {
        let message = open(&answer, credentials).map_err(|broken| broken.located_in(document))?;
        return inner(&message, format, expected);
    }
    if mode == Mode::Safe {
        return Err(Rule::NotEncrypted.nowhere());
    }
    reply(&answer, expected).map_err(|broken| broken.located_in(document))
}

/// What was inside the envelope. An empty message is no answer.
fn inner(message: &[u8], format: Format, expected: &Expected) -> Result<Reply, InvalidReply> {
    let document = utf8(message)?;
    let Some(answer) = read(document, format)? else { return Ok(Reply::Nothing) };
    reply(&answer, expected).map_err(|broken| broken.located_in(document))
}

/// `None`: the server has received the push and answers nothing.
fn read(document: &str, format: Format) -> Result<Option<Node>, InvalidReply> {
    let start = document.trim_ascii_start();
    if matches!(start.trim_ascii_end(), "" | "success") {
        return Ok(None);
    }
    let answer = match format {
        _ if start.starts_with('<') => xml::read(document),
        Format::Json => json::read(document),
        Format::Xml if json::is_json(start) => return Err(Rule::JsonInXmlMode.nowhere()),
        Format::Xml => Err(Broken::at(document.len() - start.len(), Rule::BytesInFront)),
    };
    answer.map(Some).map_err(|broken| broken.located_in(document))
}

fn reply(answer: &Node, expected: &Expected) -> Result<Reply, Broken> {
    let receiver = filled(answer, "ToUserName")?;
    if receiver != expected.open_id.as_str() {
        let rule = Rule::WrongReceiver(shortened(receiver));
        return Err(broken_at(answer, "ToUserName", rule));
    }
    let sender = filled(answer, "FromUserName")?;
    if sender != expected.username.as_str() {
        let rule = Rule::WrongSender(shortened(sender));
        return Err(broken_at(answer, "FromUserName", rule));
    }
    // Its value is not looked at: libraries send seconds or milliseconds.
    present(answer, "CreateTime")?;
    kind::read(answer)
}

fn open(answer: &Node, credentials: &Credentials) -> Result<Vec<u8>, Broken> {
    let encrypt = filled(answer, "Encrypt")?;
    let given = filled(answer, "MsgSignature")?;
    let timestamp = present(answer, "TimeStamp")?;
    let nonce = present(answer, "Nonce")?;
    let Credentials { token, aes_key, app_id } = credentials;
    if !sign::matches(&sign::msg_signature(token, timestamp, nonce, encrypt), given) {
        return Err(broken_at(answer, "MsgSignature", Rule::WrongSignature));
    }
    envelope::decrypt(aes_key, app_id, encrypt)
        .map_err(|error| broken_at(answer, "Encrypt", error.into()))
}

fn utf8(bytes: &[u8]) -> Result<&str, InvalidReply> {
    str::from_utf8(bytes).map_err(|error| {
        let valid = error.valid_up_to();
        let Line { number, .. } = line_at(&String::from_utf8_lossy(&bytes[..valid]), valid);
        let text = bytes.split(|byte| *byte == b'\n').nth(number - 1).unwrap_or_default();
        let text = shortened(&String::from_utf8_lossy(text));
        InvalidReply { rule: Rule::NotUtf8, line: Some(Line { number, text }) }
    })
}
