//! What happens to an account besides messages (接收事件推送).

use super::field::{Field, decimal, number, text};

/// The kinds of event.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// A person begins to follow.
    Subscribe {
        /// Where he came from: empty, or `qrscene_` and the scene of a parametric QR code.
        key: String,
        /// The ticket of that code.
        ticket: Option<String>,
    },
    /// A follower leaves.
    Unsubscribe {
        /// Mostly empty.
        key: String,
    },
    /// A follower scans a parametric QR code.
    Scan {
        /// The scene, without a prefix.
        key: String,
        /// The code's ticket.
        ticket: String,
    },
    /// A follower's client tells where he is.
    Location {
        /// Degrees north.
        latitude: f64,
        /// Degrees east.
        longitude: f64,
        /// The radius of doubt, in metres.
        precision: f64,
    },
    /// A follower taps a menu button that has a key.
    Click {
        /// The button's key.
        key: String,
    },
    /// A follower taps a menu button that opens a page.
    View {
        /// The page's address.
        url: String,
        /// The menu's number.
        menu_id: i64,
    },
}

impl Event {
    /// The literal of the element `Event`, whose case matters to receivers.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Subscribe { .. } => "subscribe",
            Self::Unsubscribe { .. } => "unsubscribe",
            Self::Scan { .. } => "SCAN",
            Self::Location { .. } => "LOCATION",
            Self::Click { .. } => "CLICK",
            Self::View { .. } => "VIEW",
        }
    }

    pub(super) fn append_to(&self, fields: &mut Vec<Field>) {
        fields.push(text("Event", self.name()));
        match self {
            Self::Subscribe { key, ticket } => {
                fields.push(text("EventKey", key));
                fields.extend(ticket.as_ref().map(|ticket| text("Ticket", ticket)));
            }
            Self::Unsubscribe { key } | Self::Click { key } => fields.push(text("EventKey", key)),
            Self::Scan { key, ticket } => {
                fields.extend([text("EventKey", key), text("Ticket", ticket)]);
            }
            Self::Location { latitude, longitude, precision } => fields.extend([
                decimal("Latitude", *latitude),
                decimal("Longitude", *longitude),
                decimal("Precision", *precision),
            ]),
            Self::View { url, menu_id } => {
                fields.extend([text("EventKey", url), number("MenuId", menu_id)]);
            }
        }
    }
}
