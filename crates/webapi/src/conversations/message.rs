//! A message as it is shown: by the client API and by the sandbox alike.

use platform::conversations::content::MediaRef;
use platform::conversations::cursor::Cursor;
use platform::conversations::{self, Origin};
use platform::ids::AccountId;
use platform::{Platform, media};
use serde::Serialize;
use utoipa::ToSchema;

use super::body::Body;
use crate::instant;

/// A message of a conversation, as its person's client reads it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Message {
    /// To go on after it or before it.
    cursor: String,
    #[serde(flatten)]
    line: Line,
    /// The sender's own name for it; null for what others sent.
    #[schema(required)]
    key: Option<String>,
}

/// A message without what only its person's client needs.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Line {
    /// Its number in the conversation.
    seq: String,
    /// `account`, `person` or `system`.
    from: &'static str,
    #[serde(flatten)]
    body: Body,
    created_at: String,
}

/// For whom a message is shown, and of which conversation it is.
pub(crate) struct Reader<'a> {
    platform: &'a Platform,
    account: AccountId,
    /// For the lines of the platform's own.
    pub(crate) language: &'a str,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(platform: &'a Platform, account: AccountId, language: &'a str) -> Self {
        Self { platform, account, language }
    }

    /// The place of a message.
    pub(crate) fn cursor(&self, message: &conversations::Message) -> String {
        Cursor { seq: message.seq }.format(self.platform.db.clock().epoch())
    }

    /// Shows a message to the person whose conversation it is.
    pub(crate) fn show(&self, message: &conversations::Message) -> Message {
        let own = message.origin == Origin::Person;
        Message {
            cursor: self.cursor(message),
            line: self.line(message),
            key: message.send_key.clone().filter(|_| own),
        }
    }

    /// Shows a message to a script.
    pub(crate) fn line(&self, message: &conversations::Message) -> Line {
        Line {
            seq: message.seq.0.to_string(),
            from: message.origin.as_str(),
            body: Body::new(&message.content, self),
            created_at: instant::format(message.sent_at),
        }
    }

    pub(super) fn media_id(&self, media: &MediaRef) -> String {
        media::media_id(&self.platform.keys, self.account, media.no).as_str().to_owned()
    }

    pub(super) fn media_url(&self, media: &MediaRef) -> String {
        let public_url = &self.platform.settings.public_url;
        media::address(public_url, &self.platform.keys, self.account, media.no)
    }
}
