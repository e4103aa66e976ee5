//! The protocol, pure: ids, error codes, signatures, envelopes, pushes and replies.
