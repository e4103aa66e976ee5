//! What the platform sends to the developer's server: messages and events (接收消息).

mod event;
mod message;

pub use event::Event;
pub use message::{Article, Content, Message};

use crate::callback::{Credentials, Format, Mode};
use crate::ids::{OpenId, Username};

/// One message or event on its way to the developer's server.
#[derive(Clone, Debug, PartialEq)]
pub struct Push {
    /// The account.
    pub to: Username,
    /// The follower who wrote or did something.
    pub from: OpenId,
    /// When he did, in seconds since 1970. The same at every attempt.
    pub created_at: i64,
    /// What he wrote or did.
    pub body: Body,
}

/// What a push is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Something that a follower wrote; it has a number.
    Message(Message),
    /// Something that happened; it has none.
    Event(Event),
}

/// What differs between two attempts at one push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// When the attempt begins, in seconds since 1970.
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

/// Writes, signs and, as the mode asks, encrypts a push.
pub fn render(
    push: &Push,
    format: Format,
    mode: Mode,
    credentials: &Credentials,
    stamp: &Stamp,
) -> Pushed {
    todo!("{push:?} {format:?} {mode:?} {credentials:?} {stamp:?}")
}
