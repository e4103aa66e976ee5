//! Messages to one person.

mod custom_send;
mod custom_typing;
