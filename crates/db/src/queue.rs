//! The bounded queue between callers and the database's threads. When it is full, it refuses at
//! once: waiting would only move the queue into the callers.

use crate::Error;
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a taker waits for one more arrival: a hundredth of a commit.
const MOMENT: Duration = Duration::from_micros(50);

pub(crate) struct Queue<T> {
    state: Mutex<State<T>>,
    arrived: Condvar,
    bound: usize,
}

struct State<T> {
    items: VecDeque<T>,
    /// Takers that sleep. Waking is a system call, so it is made only for them.
    idle: usize,
    closed: bool,
}

impl<T> Queue<T> {
    pub(crate) fn new(bound: usize) -> Queue<T> {
        let state = State { items: VecDeque::new(), idle: 0, closed: false };
        Queue { state: Mutex::new(state), arrived: Condvar::new(), bound }
    }

    pub(crate) fn push(&self, item: T) -> Result<(), Error> {
        let mut state = self.lock();
        if state.closed {
            return Err(Error::Closed);
        }
        if state.items.len() >= self.bound {
            return Err(Error::Busy);
        }
        state.items.push_back(item);
        let wake = state.idle > 0;
        drop(state);
        if wake {
            self.arrived.notify_one();
        }
        Ok(())
    }

    /// Waits for an item; `None` once the queue is closed and empty.
    pub(crate) fn take(&self) -> Option<T> {
        self.wait().items.pop_front()
    }

    /// Waits for items and moves up to `limit` of them into `taken`; false at the end.
    ///
    /// Callers who are answered together come back one after the other: while more arrive and
    /// fewer than `expected` are there, it waits a moment longer for the rest of them.
    pub(crate) fn take_many(&self, limit: usize, expected: usize, taken: &mut Vec<T>) -> bool {
        let mut state = self.wait();
        let mut before = 0;
        while state.items.len() < expected && state.items.len() > before && !state.closed {
            before = state.items.len();
            let waited = self.arrived.wait_timeout(state, MOMENT);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        let count = state.items.len().min(limit);
        taken.extend(state.items.drain(..count));
        count > 0
    }

    /// Refuses new items; what is queued is still handed out.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.arrived.notify_all();
    }

    /// Closes, and drops what nobody will take any more.
    pub(crate) fn abandon(&self) {
        self.close();
        let left = std::mem::take(&mut self.lock().items);
        drop(left);
    }

    fn wait(&self) -> MutexGuard<'_, State<T>> {
        let mut state = self.lock();
        state.idle += 1;
        while state.items.is_empty() && !state.closed {
            state = self.arrived.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.idle -= 1;
        state
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_queue_refuses_at_once() {
        let queue = Queue::new(2);
        assert_eq!((queue.push(1), queue.push(2)), (Ok(()), Ok(())));
        assert_eq!(queue.push(3), Err(Error::Busy));
        assert_eq!(queue.take(), Some(1));
        assert_eq!(queue.push(3), Ok(()));
    }

    #[test]
    fn a_closed_queue_hands_out_what_it_holds() {
        let queue = Queue::new(9);
        for number in 0..5 {
            queue.push(number).unwrap();
        }
        queue.close();
        assert_eq!(queue.push(9), Err(Error::Closed));
        let mut taken = Vec::new();
        assert!(queue.take_many(3, 0, &mut taken));
        assert!(queue.take_many(3, 0, &mut taken));
        assert!(!queue.take_many(3, 0, &mut taken));
        assert_eq!(taken, [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_sleeping_taker_is_woken() {
        let queue = Queue::new(1);
        std::thread::scope(|scope| {
            let taker = scope.spawn(|| queue.take());
            queue.push(7).unwrap();
            assert_eq!(taker.join().unwrap(), Some(7));
        });
    }
}
