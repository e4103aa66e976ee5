//! Live events: one hub hears of commits on the bus and tells the sockets of whom it concerns.
//!
//! A note says that there is something to ask for, never what it is: losing one to a broken
//! connection loses nothing, since a client asks from its cursors when it comes back.

mod connect;
mod hub;
mod note;
mod outbox;
mod socket;

pub(crate) use connect::handle as connect;
pub(crate) use hub::Hub;
