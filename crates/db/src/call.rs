//! A closure on its way through a database thread, and its answer on the way back.

use crate::{Error, Tx};
use std::sync::mpsc;
use tokio::sync::oneshot;

/// What may be done inside a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

/// One queued transaction.
pub(crate) struct Job {
    pub(crate) access: Access,
    pub(crate) work: Box<dyn Work>,
    /// The error that takes the place of what the closure said.
    pub(crate) overruled: Option<Error>,
}

impl Job {
    pub(crate) fn new(access: Access, work: Box<dyn Work>) -> Job {
        Job { access, work, overruled: None }
    }

    /// Answers the caller.
    pub(crate) fn settle(self) {
        self.work.settle(self.overruled);
    }
}

/// A closure whose types are hidden, so that threads can hold many kinds.
pub(crate) trait Work: Send {
    /// Runs the closure, again if need be; false if it failed.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;

    /// Answers the caller with what the last run said, or with the error that overrules it.
    fn settle(self: Box<Self>, overruled: Option<Error>);
}

/// Where the answer goes. A thread is answered by a plain channel, because it may itself stand
/// inside an asynchronous runtime, where tokio's channels refuse to block.
pub(crate) enum Reply<R> {
    Task(oneshot::Sender<R>),
    Thread(mpsc::SyncSender<R>),
}

pub(crate) struct Call<F, T, E> {
    closure: F,
    said: Option<Result<T, E>>,
    reply: Reply<Result<T, E>>,
}

impl<F, T, E> Call<F, T, E> {
    pub(crate) fn new(closure: F, reply: Reply<Result<T, E>>) -> Call<F, T, E> {
        Call { closure, said: None, reply }
    }
}

impl<F, T, E> Work for Call<F, T, E>
where
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        let said = (self.closure)(tx);
        let succeeded = said.is_ok();
        self.said = Some(said);
        succeeded
    }

    fn settle(self: Box<Self>, overruled: Option<Error>) {
        let Call { closure, said, reply } = *self;
        // Whoever is answered may count on what his closure held being free again.
        drop(closure);
        let answer = match overruled {
            Some(error) => Err(error.into()),
            None => said.unwrap_or_else(|| Err(Error::Closed.into())),
        };
        // A caller who no longer waits has gone away; the transaction stands all the same.
        match reply {
            Reply::Task(caller) => drop(caller.send(answer)),
            Reply::Thread(caller) => drop(caller.send(answer)),
        }
    }
}
