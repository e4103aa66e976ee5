//! The built web client, embedded.
