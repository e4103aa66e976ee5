//! A person writes: the message is kept with its fact, numbered, then pushed or answered by rule.

use db::Tx;
use jobs::JobId;

use super::{Error, MAX_TEXT};
use crate::accounts::{self, Account};
use crate::autoreply::{self, Occasion};
use crate::callbacks::{self, Event, Happening};
use crate::conversations::content::{Content, Film};
use crate::conversations::grants::Trigger;
use crate::conversations::{self, Message, NewMessage, Origin};
use crate::facts::{self, Fact};
use crate::followers::{self, Follower};
use crate::ids::{AccountId, PersonId, UploadNo};
use crate::media::{self, Adopted, MediaKind, Upload};
use crate::people::{self, Person};

/// What a person writes. Files are his uploads; the account gets media of its own from them.
#[derive(Debug, Clone, PartialEq)]
pub enum Inbound {
    /// Text.
    Text(String),
    /// An item of a menu message.
    Choice {
        /// The account's own name for it.
        id: String,
        /// What he says by tapping it.
        content: String,
    },
    /// A picture.
    Image(UploadNo),
    /// A recording.
    Voice(UploadNo),
    /// A film.
    Video(UploadNo),
    /// A short film, recorded while chatting.
    ShortVideo(UploadNo),
    /// A place.
    Location {
        /// Degrees north.
        latitude: f64,
        /// Degrees east.
        longitude: f64,
        /// The map's zoom.
        scale: u32,
        /// The place's name.
        label: String,
    },
    /// A link to a page.
    Link {
        /// The page's title.
        title: String,
        /// The page's summary.
        description: String,
        /// The page's address.
        url: String,
    },
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Received {
    /// The message as it stands in the conversation.
    pub message: Message,
    /// The push that it caused, if the account has a server.
    pub push: Option<JobId>,
    /// His own name for it was used before: this is the earlier message, and nothing was done.
    pub repeated: bool,
}

/// MsgIds of real accounts have 16 digits and more; ours begin here and stay below 2^53.
pub(crate) const FIRST_MSG_ID: i64 = 7_000_000_000_000_000;

/// Takes a message. `send_key` is the sender's own name for it; one that he has used before is
/// refused as [`Error::Repeated`], since looking for it first would make every message dearer.
pub fn receive(
    tx: &mut Tx<'_>,
    (account, person): (AccountId, PersonId),
    inbound: &Inbound,
    send_key: Option<&str>,
) -> Result<Received, Error> {
    let (account, person, follower) = meet(tx, account, person)?;
    let content = check(tx, &account, &person, inbound)?;
    let opens = match inbound {
        Inbound::Choice { .. } => Trigger::Choice,
        _ => Trigger::Message,
    };
    let new = NewMessage {
        follower: &follower,
        origin: Origin::Person,
        content: &content,
        msg_id: FIRST_MSG_ID + tx.number("msg_id")?,
        send_key,
        opens: Some(opens),
    };
    let message = conversations::append(tx, &new).map_err(|error| {
        if error.is_unique_violation() { Error::Repeated } else { error.into() }
    })?;
    facts::record(tx, &Fact::new("message", &follower, &person.device).detail(content.kind()))?;
    let push = callbacks::push(tx, &account, &follower, Happening::Message(&message))?;
    if push.is_none() {
        let text = match &content {
            Content::Text { content, .. } => Some(content.as_str()),
            _ => None,
        };
        autoreply::answer(tx, &account, &follower, Occasion::Message(text))?;
    }
    Ok(Received { message, push, repeated: false })
}

/// A person's client tells where he is; pushed if the account has that switched on.
pub fn report_location(
    tx: &mut Tx<'_>,
    (account, person): (AccountId, PersonId),
    (latitude, longitude): (f64, f64),
    precision: f64,
) -> Result<Option<JobId>, Error> {
    check_place(latitude, longitude)?;
    let (account, person, follower) = meet(tx, account, person)?;
    facts::record(tx, &Fact::new("location", &follower, &person.device))?;
    if !account.report_location {
        return Ok(None);
    }
    let event = Event::Location { latitude, longitude, precision };
    Ok(callbacks::push(tx, &account, &follower, Happening::Event(event))?)
}

fn meet(
    tx: &mut Tx<'_>,
    account: AccountId,
    person: PersonId,
) -> Result<(Account, Person, Follower), Error> {
    let account = accounts::find(tx, account)?.ok_or(Error::AccountNotFound)?;
    let person = people::find(tx, person)?.ok_or(Error::PersonNotFound)?;
    let follower = followers::find(tx, account.id, person.id)?
        .filter(|follower| follower.subscribed)
        .ok_or(Error::NotFollowing)?;
    Ok((account, person, follower))
}

/// The message that he has named so before.
pub(super) fn find_earlier(
    tx: &mut Tx<'_>,
    (account, person): (AccountId, PersonId),
    send_key: &str,
) -> Result<Option<Message>, Error> {
    let (account, _, follower) = meet(tx, account, person)?;
    Ok(conversations::store::find_by_send_key(tx, (account.id, follower.no), send_key)?)
}

fn check(
    tx: &mut Tx<'_>,
    account: &Account,
    person: &Person,
    inbound: &Inbound,
) -> Result<Content, Error> {
    let owners = (account.id, person.id);
    Ok(match inbound {
        Inbound::Text(content) => text(content, None)?,
        Inbound::Choice { id, content } => text(content, Some(id))?,
        Inbound::Image(upload) => {
            Content::Image { media: take(tx, owners, *upload, MediaKind::Image)?.0.media }
        }
        Inbound::Voice(upload) => {
            let (adopted, upload) = take(tx, owners, *upload, MediaKind::Voice)?;
            let (media, format) = (adopted.media, voice_format(&upload));
            // The official platform phases recognition out and mostly sends it empty.
            let recognition = account.recognize_voice.then(String::new);
            Content::Voice { media, format, recognition }
        }
        Inbound::Video(upload) => Content::Video(film(tx, owners, *upload)?),
        Inbound::ShortVideo(upload) => Content::ShortVideo(film(tx, owners, *upload)?),
        Inbound::Location { latitude, longitude, scale, label } => {
            check_place(*latitude, *longitude)?;
            let (latitude, longitude) = (*latitude, *longitude);
            Content::Location { latitude, longitude, scale: *scale, label: label.clone() }
        }
        Inbound::Link { title, description, url } => Content::Link {
            title: title.clone(),
            description: description.clone(),
            url: url.clone(),
        },
    })
}

fn text(content: &str, menu_item: Option<&String>) -> Result<Content, Error> {
    if content.trim().is_empty() {
        return Err(Error::EmptyContent);
    }
    if content.chars().count() > MAX_TEXT {
        return Err(Error::TextTooLong);
    }
    Ok(Content::Text { content: content.to_owned(), menu_item: menu_item.cloned() })
}

fn check_place(latitude: f64, longitude: f64) -> Result<(), Error> {
    let on_earth = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
    if on_earth { Ok(()) } else { Err(Error::InvalidPlace) }
}

/// Makes media of the account out of a person's upload of the right kind.
fn take(
    tx: &mut Tx<'_>,
    (account, person): (AccountId, PersonId),
    no: UploadNo,
    kind: MediaKind,
) -> Result<(Adopted, Upload), Error> {
    let upload = media::find_upload(tx, person, no)?
        .filter(|upload| upload.kind == kind)
        .ok_or(Error::MediaNotFound)?;
    Ok((media::adopt(tx, account, &upload)?, upload))
}

fn film(tx: &mut Tx<'_>, owners: (AccountId, PersonId), upload: UploadNo) -> Result<Film, Error> {
    let (Adopted { media, thumb }, _) = take(tx, owners, upload, MediaKind::Video)?;
    Ok(Film { media, thumb, title: String::new(), description: String::new() })
}

/// The word of a recording's format in pushes: the last part of its type (`audio/amr`).
fn voice_format(upload: &Upload) -> String {
    match upload.content_type.as_str() {
        "audio/mpeg" => "mp3".to_owned(),
        other => other.rsplit('/').next().unwrap_or_default().to_owned(),
    }
}
