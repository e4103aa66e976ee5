//! What every handler may ask for.

use std::ops::Deref;
use std::sync::Arc;

use axum::extract::FromRef;
use platform::Platform;
use tokio::sync::Mutex;

use crate::live::Hub;
use crate::origins::Origins;
use crate::settings::{Mode, Settings};

/// The state of the router. Cheap to clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Parts>);

/// What it is made of.
pub(crate) struct Parts {
    pub(crate) platform: Platform,
    pub(crate) settings: Settings,
    pub(crate) origins: Origins,
    pub(crate) hub: Arc<Hub>,
    /// Held by whoever moves the clock or empties the world: one at a time.
    pub(crate) world: Mutex<()>,
}

impl App {
    pub(crate) fn new(platform: Platform, settings: Settings) -> Self {
        let origins = Origins::new(&platform.settings.public_url, &settings.hosts);
        let hub = Hub::listening(&platform);
        Self(Arc::new(Parts { platform, settings, origins, hub, world: Mutex::new(()) }))
    }

    /// One becomes any person by choosing him.
    pub(crate) fn is_dev(&self) -> bool {
        self.settings.mode == Mode::Dev
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl FromRef<App> for Platform {
    fn from_ref(app: &App) -> Self {
        app.platform.clone()
    }
}
