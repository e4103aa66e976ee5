//! Holds a closure in the middle, while a test looks at what others do.

use std::sync::{Mutex, mpsc};

/// The test's side.
pub(crate) struct Gate {
    entered: mpsc::Receiver<()>,
    opening: mpsc::Sender<()>,
}

/// The closure's side.
pub(crate) struct Latch(Mutex<(mpsc::Sender<()>, mpsc::Receiver<()>)>);

/// A closed gate.
pub(crate) fn gate() -> (Gate, Latch) {
    let (enter, entered) = mpsc::channel();
    let (opening, opened) = mpsc::channel();
    (Gate { entered, opening }, Latch(Mutex::new((enter, opened))))
}

impl Gate {
    /// Waits until the closure stands before the gate.
    pub(crate) fn wait(&self) {
        self.entered.recv().unwrap();
    }

    pub(crate) fn open(self) {
        self.opening.send(()).unwrap();
    }
}

impl Latch {
    /// Waits until the gate is opened.
    pub(crate) fn pass(&self) {
        let sides = self.0.lock().unwrap();
        sides.0.send(()).unwrap();
        sides.1.recv().unwrap();
    }
}
