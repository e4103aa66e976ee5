//! The sections of the configuration. What each key means is in `config.default.toml`.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::num::{NonZeroU32, NonZeroU64, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::ensure;
use ipnet::IpNet;
use secrecy::{ExposeSecret as _, SecretString};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// Where to listen, and as whom.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Address and port.
    pub listen: SocketAddr,
    /// Empty: the address of the listener.
    #[serde(deserialize_with = "public_url")]
    pub public_url: String,
    /// Networks of reverse proxies.
    pub trusted_proxies: Networks,
}

/// Where the data is.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    /// The data folder.
    pub data: PathBuf,
    /// Holds a password, so it does not show.
    database: SecretString,
}

/// How pushes to accounts' servers are made.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Callbacks {
    timeout_ms: NonZeroU64,
    /// Attempts at one push.
    pub attempts: NonZeroU32,
    /// Failed pushes before a suspension.
    pub failures: NonZeroU32,
    /// Seconds of a suspension.
    pub suspension_secs: u32,
    /// Private networks that may be reached.
    pub allow_networks: Networks,
    /// Where pushes come from.
    pub source_addresses: Vec<IpAddr>,
}

/// How much is done at once.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jobs {
    /// For one account.
    pub workers_per_account: NonZeroUsize,
    /// For all.
    pub workers: NonZeroUsize,
}

/// Whether the sandbox is there under `serve`, and for whom.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sandbox {
    /// It is there.
    pub enabled: bool,
    key: SecretString,
}

/// The instance key, if it does not come from the data folder.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secrets {
    instance_key: SecretString,
    instance_key_file: PathBuf,
}

/// Where an instance key from outside is.
pub enum KeySource<'a> {
    /// In the configuration.
    Text(&'a str),
    /// In a file of its own.
    File(&'a Path),
}

/// Networks as CIDR; a plain address is a network of one.
#[derive(Debug, Clone, Default)]
pub struct Networks(pub Vec<IpNet>);

impl Store {
    /// The address of the PostgreSQL database; `None` is SQLite.
    pub fn database(&self) -> Option<&str> {
        Some(self.database.expose_secret()).filter(|url| !url.is_empty())
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let engine = if self.database().is_some() { "PostgreSQL" } else { "SQLite" };
        write!(f, "Store({engine}, {})", self.data.display())
    }
}

impl Callbacks {
    /// Real time for one attempt.
    pub fn timeout(&self) -> Duration {
        Duration::from_millis(self.timeout_ms.get())
    }
}

impl Sandbox {
    /// The key, if there is one.
    pub fn key(&self) -> Option<&SecretString> {
        Some(&self.key).filter(|key| !key.expose_secret().is_empty())
    }
}

impl Secrets {
    /// Where the instance key comes from, if not from the data folder.
    pub fn instance_key(&self) -> Option<KeySource<'_>> {
        let (text, file) = (self.instance_key.expose_secret(), &self.instance_key_file);
        match (text.is_empty(), file.as_os_str().is_empty()) {
            (false, _) => Some(KeySource::Text(text)),
            (true, false) => Some(KeySource::File(file)),
            (true, true) => None,
        }
    }

    pub(super) fn check(&self) -> anyhow::Result<()> {
        let text = !self.instance_key.expose_secret().is_empty();
        let file = !self.instance_key_file.as_os_str().is_empty();
        ensure!(
            !(text && file),
            "secrets.instance_key and secrets.instance_key_file are both set; keep one of them"
        );
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Networks {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let texts = Vec::<String>::deserialize(from)?;
        let network = |text: &String| {
            let address = text.parse::<IpAddr>().map(IpNet::from);
            let network = text.parse::<IpNet>().or(address);
            network
                .map_err(|_| D::Error::custom(format!("{text} is no network such as 10.0.0.0/8")))
        };
        texts.iter().map(network).collect::<Result<_, _>>().map(Self)
    }
}

/// An `http` or `https` address without a slash at its end, or nothing.
fn public_url<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    let url = text.trim_end_matches('/');
    let host = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"));
    if url.is_empty() || host.is_some_and(|host| !host.is_empty() && !host.contains(['?', '#'])) {
        return Ok(url.to_owned());
    }
    Err(D::Error::custom(format!("{text} is no address such as https://tea.example")))
}
