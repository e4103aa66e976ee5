//! A node at work: the platform and what runs beside the requests.

use std::time::Duration;

use platform::{Platform, calls, media};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// How long a stop waits for jobs that are running: their own time-outs are shorter (three
/// attempts of five seconds at a callback).
const GRACE: Duration = Duration::from_secs(20);

/// A platform whose jobs run and whose counts are written.
pub struct Node {
    platform: Platform,
    tasks: Vec<JoinHandle<()>>,
}

impl Node {
    /// Sets the platform to work. To be called inside a Tokio runtime.
    pub fn start(platform: Platform) -> Self {
        let engine = platform.engine().clone();
        let tasks = vec![
            tokio::spawn(async move { engine.run().await }),
            tokio::spawn(calls::jobs::flush_forever(platform.clone())),
            tokio::spawn(media::jobs::sweep_forever(platform.clone())),
        ];
        Self { platform, tasks }
    }

    /// The platform.
    pub fn platform(&self) -> &Platform {
        &self.platform
    }

    /// Lets running jobs end, writes what is counted in memory, and closes the database. What was
    /// acknowledged is kept in any case.
    pub async fn stop(self) {
        if timeout(GRACE, self.platform.engine().stop()).await.is_err() {
            tracing::warn!("stopped with jobs running; they go on at the next start");
        }
        self.tasks.iter().for_each(JoinHandle::abort);
        calls::jobs::flush(&self.platform).await;
        let db = self.platform.db.clone();
        if tokio::task::spawn_blocking(move || db.close()).await.is_err() {
            tracing::error!("closing the database panicked");
        }
    }
}
