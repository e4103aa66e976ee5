//! What a socket is told.

use platform::ids::{AccountId, PersonId, PublicIds, Seq};
use serde::Serialize;

/// A note to one person's sockets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Note {
    /// There are messages after the client's cursor.
    Chat { account: AccountId, seq: Seq },
    /// He has read on another device.
    Read { account: AccountId, seq: Seq },
    /// The list of chats changed: ask for it again.
    Chats,
    /// The account is typing, or has stopped.
    Typing { account: AccountId, on: bool },
}

impl Note {
    /// Whether this note makes an earlier one needless.
    pub(super) fn replaces(self, earlier: Self) -> bool {
        match (self, earlier) {
            (Self::Chat { account, .. }, Self::Chat { account: other, .. })
            | (Self::Read { account, .. }, Self::Read { account: other, .. })
            | (Self::Typing { account, .. }, Self::Typing { account: other, .. }) => {
                account == other
            }
            (Self::Chats, Self::Chats) => true,
            _ => false,
        }
    }

    /// The text frame.
    pub(super) fn frame(self, ids: &PublicIds) -> String {
        let frame = match self {
            Self::Chat { account, seq } => {
                Frame::Chat { account: ids.account(account), seq: seq.0.to_string() }
            }
            Self::Read { account, seq } => {
                Frame::Read { account: ids.account(account), seq: seq.0.to_string() }
            }
            Self::Chats => Frame::Chats,
            Self::Typing { account, on } => Frame::Typing { account: ids.account(account), on },
        };
        serde_json::to_string(&frame).expect("a frame is plain data")
    }
}

/// The first frame of every socket.
pub(super) fn hello(ids: &PublicIds, person: PersonId) -> String {
    let hello = Frame::Hello { person: ids.person(person) };
    serde_json::to_string(&hello).expect("a frame is plain data")
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Frame {
    Hello { person: String },
    Chat { account: String, seq: String },
    Read { account: String, seq: String },
    Chats,
    Typing { account: String, on: bool },
}
