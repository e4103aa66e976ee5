//! What the crate is told when it starts.

use secrecy::SecretString;

/// How the client API, the sandbox and the pages behave.
#[derive(Debug, Clone)]
pub struct Settings {
    /// For one developer's machine, or for people.
    pub mode: Mode,
    /// Who may drive the sandbox.
    pub sandbox: Sandbox,
    /// The product's version, such as `0.1.0`.
    pub version: String,
    /// Where the data is, as the sandbox shows it.
    pub data: String,
    /// Names under which browsers reach us besides that of the public address, such as
    /// `teahouse.lan:8080`. Loopback names and plain addresses are always known.
    pub hosts: Vec<String>,
}

/// For whom this instance runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A developer's machine: one becomes any person by choosing him.
    Dev,
    /// A public instance: people sign in.
    Serve,
}

/// Who may drive the sandbox.
#[derive(Debug, Clone)]
pub enum Sandbox {
    /// Nobody: its paths answer 404.
    Off,
    /// Whoever reaches the listener, except foreign web pages.
    Open,
    /// Whoever has the key, as `Authorization: Bearer KEY`.
    Key(SecretString),
}

impl Mode {
    /// The word in our own API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Serve => "serve",
        }
    }
}
