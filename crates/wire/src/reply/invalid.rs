//! Why an answer is not a valid reply, in a form that can be explained to its author.

use crate::envelope::EnvelopeError;

/// An answer that is not a valid reply.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{rule}")]
pub struct InvalidReply {
    /// The rule that it breaks.
    pub rule: Rule,
    /// Where, if there is a place.
    pub line: Option<Line>,
}

/// A line of an answer (after decryption, if it was encrypted).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Counted from 1.
    pub number: usize,
    /// The line itself, shortened to 200 characters.
    pub text: String,
}

/// What makes an answer invalid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rule {
    /// Larger than any reply needs to be.
    #[error("the answer is larger than {limit_bytes} bytes")]
    TooLarge {
        /// The limit.
        limit_bytes: usize,
    },
    /// Not UTF-8.
    #[error("the answer is not utf-8")]
    NotUtf8,
    /// A byte order mark, or a program's messages, in front of the XML.
    #[error("the answer does not begin with <xml>")]
    BytesInFront,
    /// JSON, where XML is set.
    #[error("the answer is json, but the account's data format is xml")]
    JsonInXmlMode,
    /// A DOCTYPE could define entities.
    #[error("the answer has a doctype")]
    Doctype,
    /// Elements in elements in elements.
    #[error("the answer is nested deeper than {limit} elements")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// Not well-formed XML or JSON.
    #[error("the answer is not well formed: {0}")]
    Malformed(String),
    /// A required field is not there.
    #[error("the answer has no {0}")]
    Missing(&'static str),
    /// A required field is there, and empty.
    #[error("{0} is empty")]
    Empty(&'static str),
    /// A field is not of its type.
    #[error("{0} has the wrong type")]
    WrongType(&'static str),
    /// `ToUserName` is not the person who wrote.
    #[error("ToUserName is not the openid of the push")]
    WrongReceiver,
    /// `FromUserName` is not the account's original id.
    #[error("FromUserName is not the original id of the account")]
    WrongSender,
    /// No such kind of reply.
    #[error("no reply has the MsgType {0:?}")]
    UnknownMsgType(String),
    /// The text is too long.
    #[error("the text has {size_bytes} bytes, more than {limit_bytes}")]
    TextTooLong {
        /// Its length.
        size_bytes: usize,
        /// The limit.
        limit_bytes: usize,
    },
    /// Not the shape of a media id.
    #[error("{0} is not a media id")]
    NotMediaId(&'static str),
    /// In the safe mode only encrypted replies count.
    #[error("the answer is not encrypted, but the account is in safe mode")]
    NotEncrypted,
    /// The signature of the encrypted reply is wrong.
    #[error("MsgSignature does not fit the token, TimeStamp, Nonce and Encrypt")]
    WrongSignature,
    /// The encrypted reply cannot be opened.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
}
