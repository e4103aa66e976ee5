//! What happens to an account besides messages.

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
