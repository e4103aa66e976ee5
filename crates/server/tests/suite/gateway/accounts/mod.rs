//! Tokens and tickets.

mod getticket;
mod stable_token;
mod token;
