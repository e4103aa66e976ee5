//! What the operator decides. `config.default.toml` is the defaults and the manual.

mod environment;
mod layers;
mod sections;

pub use sections::{Callbacks, Jobs, KeySource, Networks, Sandbox, Secrets, Server, Store};

use std::path::Path;

use anyhow::Context as _;
use serde::Deserialize;

/// The whole configuration, a section for each concern.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// `[server]`
    pub server: Server,
    /// `[store]`
    pub store: Store,
    /// `[callbacks]`
    pub callbacks: Callbacks,
    /// `[jobs]`
    pub jobs: Jobs,
    /// `[sandbox]`
    pub sandbox: Sandbox,
    /// `[secrets]`
    pub secrets: Secrets,
}

/// Flags that stand for keys of the configuration: its last layer.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `server.listen`
    pub listen: Option<String>,
    /// `store.data`
    pub data: Option<String>,
    /// `store.database`
    pub database: Option<String>,
}

impl Configuration {
    /// Lays a file, the environment and the flags over the defaults.
    pub fn load(
        file: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
        flags: Flags,
    ) -> anyhow::Result<Self> {
        let mut layers = layers::Layers::defaults();
        if let Some(path) = file {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            layers.add_file(&text).with_context(|| path.display().to_string())?;
        }
        environment::add(&mut layers, environment)?;
        let flags = [
            ("server", "listen", flags.listen),
            ("store", "data", flags.data),
            ("store", "database", flags.database),
        ];
        for (section, key, value) in flags {
            if let Some(value) = value {
                layers.set(section, key, value.into());
            }
        }
        let configuration: Self = serde_path_to_error::deserialize(layers.into_table())
            .map_err(|error| anyhow::anyhow!("{}: {}", error.path(), one_line(error.inner())))?;
        configuration.secrets.check()?;
        Ok(configuration)
    }
}

/// The library's words without their line ends.
fn one_line(error: &toml::de::Error) -> String {
    error.message().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: &str, environment: &[(&str, &str)]) -> Result<Configuration, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("teahouse.toml");
        std::fs::write(&path, file).unwrap();
        let variables = environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        Configuration::load(Some(&path), variables, Flags::default())
            .map_err(|error| format!("{error:#}").replace(&path.display().to_string(), "FILE"))
    }

    #[test]
    fn the_defaults_are_a_configuration() {
        let configuration = load("", &[]).unwrap();
        assert_eq!(configuration.server.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(configuration.store.database(), None);
        assert_eq!(configuration.callbacks.timeout().as_secs(), 5);
    }

    #[test]
    fn each_layer_overrides_the_ones_before() {
        let file = "[jobs]\nworkers = 5\nworkers_per_account = 2";
        let environment = [
            ("TEAHOUSE_JOBS_WORKERS", "7"),
            ("TEAHOUSE_CALLBACKS_ALLOW_NETWORKS", "10.0.0.0/8, 192.168.1.7"),
            ("TEAHOUSE_SANDBOX_ENABLED", "true"),
            ("TEAHOUSE_LOG", "debug"),
            ("HOME", "/root"),
        ];
        let configuration = load(file, &environment).unwrap();
        assert_eq!(configuration.jobs.workers.get(), 7);
        assert_eq!(configuration.jobs.workers_per_account.get(), 2);
        assert_eq!(configuration.callbacks.allow_networks.0.len(), 2);
        assert!(configuration.sandbox.enabled);
        let flags = Flags { data: Some("elsewhere".to_owned()), ..Flags::default() };
        let variables = [("TEAHOUSE_STORE_DATA".to_owned(), "there".to_owned())];
        let configuration = Configuration::load(None, variables.into_iter(), flags).unwrap();
        assert_eq!(configuration.store.data, Path::new("elsewhere"));
    }

    #[test]
    fn an_unknown_key_is_an_error_that_names_the_nearest() {
        let error = |file, environment| load(file, environment).unwrap_err();
        assert_eq!(
            error("[server]\nlisen = \"127.0.0.1:1\"", &[]),
            "FILE: unknown key server.lisen; did you mean server.listen?"
        );
        assert_eq!(
            error("[sever]\nlisten = \"127.0.0.1:1\"", &[]),
            "FILE: unknown key sever.listen; did you mean server.listen?"
        );
        assert_eq!(
            error("workers = 5", &[]),
            "FILE: unknown key workers; did you mean jobs.workers?"
        );
        assert_eq!(
            error("", &[("TEAHOUSE_SERVER_LISTENS", "x")]),
            "unknown variable TEAHOUSE_SERVER_LISTENS; did you mean TEAHOUSE_SERVER_LISTEN?"
        );
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_an_error_that_names_the_key() {
        for (file, sentence) in [
            ("[server]\nlisten = \"here\"", "server.listen: "),
            ("[jobs]\nworkers = 0", "jobs.workers: "),
            ("[jobs]\nworkers = \"many\"", "jobs.workers: "),
            ("[callbacks]\nallow_networks = [\"10.0.0.0/64\"]", "callbacks.allow_networks"),
            ("[server]\npublic_url = \"tea.example\"", "server.public_url: "),
            ("[jobs\nworkers = 1", "FILE: line 1: "),
        ] {
            let error = load(file, &[]).unwrap_err();
            assert!(error.starts_with(sentence), "{error}");
            assert_eq!(error.lines().count(), 1, "{error}");
        }
        let error = load("", &[("TEAHOUSE_JOBS_WORKERS", "many")]).unwrap_err();
        assert_eq!(error, "TEAHOUSE_JOBS_WORKERS is not a whole number");
    }

    #[test]
    fn secrets_do_not_show() {
        let file = "[store]\ndatabase = \"postgres://tea:hunter2@db/tea\"\n\
                    [sandbox]\nkey = \"hunter2\"\n[secrets]\ninstance_key = \"hunter2\"";
        let text = format!("{:?}", load(file, &[]).unwrap());
        assert!(!text.contains("hunter2"), "{text}");
    }
}
