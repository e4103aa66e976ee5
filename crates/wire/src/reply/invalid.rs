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
    /// The line itself, at most 200 characters of it.
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
    /// A byte order mark, a program's messages or plain words instead of the reply.
    #[error("the answer does not begin with <xml>")]
    BytesInFront,
    /// JSON, where XML is set.
    #[error("the answer is json, but the account's data format is xml")]
    JsonInXmlMode,
    /// Another document than a reply, such as a web page.
    #[error("the answer begins with <{0}>, not with <xml>")]
    WrongRoot(String),
    /// A DOCTYPE could define entities.
    #[error("the answer has a doctype")]
    Doctype,
    /// Elements in elements in elements.
    #[error("the answer is nested more than {limit} deep")]
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
    /// A field that should hold a text holds elements: markup that was not escaped.
    #[error("{0} holds elements instead of a text")]
    NotText(&'static str),
    /// `ToUserName` is not the person to whom the answer goes.
    #[error("ToUserName is {0:?}, not the openid of the push")]
    WrongReceiver(String),
    /// `FromUserName` is not the account's original id.
    #[error("FromUserName is {0:?}, not the original id of the account")]
    WrongSender(String),
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

/// How much of a line, or of a wrong value, an explanation shows.
const SHOWN_CHARS: usize = 200;

/// A broken rule at a byte of the document, not yet at one of its lines.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) rule: Rule,
    pub(super) offset: Option<usize>,
}

impl Broken {
    pub(super) fn at(offset: impl Into<Option<usize>>, rule: Rule) -> Self {
        Self { rule, offset: offset.into() }
    }

    pub(super) fn located_in(self, document: &str) -> InvalidReply {
        InvalidReply { rule: self.rule, line: self.offset.map(|at| line_at(document, at)) }
    }
}

impl Rule {
    /// The broken rule alone, where no line of the answer is to blame.
    pub(super) fn nowhere(self) -> InvalidReply {
        InvalidReply { rule: self, line: None }
    }
}

pub(super) fn line_at(document: &str, offset: usize) -> Line {
    let before = &document.as_bytes()[..offset.min(document.len())];
    let number = before.split(|byte| *byte == b'\n').count();
    let text = document.split('\n').nth(number - 1).unwrap_or_default();
    Line { number, text: shortened(text.trim_end_matches('\r')) }
}

pub(super) fn shortened(text: &str) -> String {
    text.chars().take(SHOWN_CHARS).collect()
}
