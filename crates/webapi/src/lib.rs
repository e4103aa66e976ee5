//! The JSON API of the client, the sandbox, live events.
