//! An engine at work: its queues, its threads, and its end.

use crate::call::{Access, Job};
use crate::queue::Queue;
use crate::{Error, OpenError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

/// An engine at work: its queues and its threads.
pub(crate) struct Running {
    pub(crate) writes: Arc<Queue<Job>>,
    pub(crate) reads: Arc<Queue<Job>>,
    pub(crate) threads: Mutex<Vec<JoinHandle<()>>>,
    /// What is left to do when the threads have ended.
    pub(crate) afterwards: Box<dyn Fn() + Send + Sync>,
}

impl Running {
    pub(crate) fn push(&self, job: Job) -> Result<(), Error> {
        match job.access {
            Access::Read => self.reads.push(job),
            Access::Write => self.writes.push(job),
        }
    }

    /// Starts the threads, each with its name.
    pub(crate) fn spawn(
        &self,
        bodies: Vec<(String, Box<dyn FnOnce() + Send>)>,
    ) -> Result<(), OpenError> {
        for (name, body) in bodies {
            let thread = thread::Builder::new().name(name).spawn(body).map_err(|_| {
                OpenError::Options("the system refuses another thread; raise its limit")
            })?;
            self.threads.lock().unwrap_or_else(PoisonError::into_inner).push(thread);
        }
        Ok(())
    }

    /// Takes no more work, and waits until all that is queued is done.
    pub(crate) fn stop(&self) {
        self.reads.close();
        self.writes.close();
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        if threads.is_empty() {
            return;
        }
        let here = thread::current().id();
        // A closure may hold the last handle: its own thread cannot wait for itself.
        for thread in threads.into_iter().filter(|thread| thread.thread().id() != here) {
            drop(thread.join());
        }
        (self.afterwards)();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}
