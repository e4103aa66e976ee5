//! What the platform sends to the developer's server: messages and events (接收消息, 接收事件).

mod event;
mod field;
mod json;
mod message;
mod render;
mod xml;

pub use event::Event;
pub use message::{Article, Content, Message, UNSUPPORTED_CONTENT};
pub use render::{Pushed, Stamp, render, verification_query};

use crate::ids::{OpenId, Username};
use crate::reply::Answering;
use field::{Field, number, text};

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

impl Push {
    fn fields(&self) -> Vec<Field> {
        let msg_type = match &self.body {
            Body::Message(message) => message.content.msg_type(),
            Body::Event(_) => "event",
        };
        let mut fields = vec![
            text("ToUserName", self.to.as_str()),
            text("FromUserName", self.from.as_str()),
            number("CreateTime", self.created_at),
            text("MsgType", msg_type),
        ];
        match &self.body {
            Body::Message(message) => message.append_to(&mut fields),
            Body::Event(event) => event.append_to(&mut fields),
        }
        fields
    }
}

impl Body {
    /// What a reply to this push would answer.
    pub fn answering(&self) -> Answering {
        match self {
            Self::Message(_) => Answering::Message,
            Self::Event(_) => Answering::Event,
        }
    }
}
