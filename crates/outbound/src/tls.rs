//! TLS, paid for by the first `https` call.
//!
//! The roots are those of the machine (`rustls-native-certs`): an organisation's own authority,
//! installed as its other programs need it, is trusted here too, and updates come with the system.

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore};
use tokio::sync::OnceCell;
use tokio_rustls::TlsConnector;
use tracing::warn;

use crate::Error;

#[cfg(test)]
mod tests;

/// The shared settings of all TLS connections.
#[derive(Default)]
pub(crate) struct Tls {
    connector: OnceCell<TlsConnector>,
}

impl Tls {
    /// Trusts `roots` instead of those of the machine.
    #[cfg(test)]
    pub(crate) fn trusting(roots: RootCertStore) -> Self {
        let connector = connector(roots).expect("aws-lc-rs speaks TLS 1.2 and 1.3");
        Self { connector: OnceCell::new_with(Some(connector)) }
    }

    pub(crate) async fn connector(&self) -> Result<&TlsConnector, Error> {
        let load = || tokio::task::spawn_blocking(|| connector(system_roots()));
        self.connector
            .get_or_try_init(|| async {
                load().await.map_err(|error| Error::Tls(error.to_string()))?
            })
            .await
    }
}

fn connector(roots: RootCertStore) -> Result<TlsConnector, Error> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    // No ALPN: what is spoken inside is HTTP/1.1.
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::Tls(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

fn system_roots() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    let (_, unusable) = roots.add_parsable_certificates(found.certs);
    if roots.is_empty() {
        warn!("this machine has no certificate authorities: no https call will be trusted");
    } else if unusable > 0 || !found.errors.is_empty() {
        warn!(unusable, errors = found.errors.len(), "some certificate authorities are unusable");
    }
    roots
}
