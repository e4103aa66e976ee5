//! Wake-ups: after a commit, whoever cares is told to look now.
//!
//! The bus carries no truth. What many parts share is rows; losing a wake-up loses nothing, since
//! every listener also looks by itself when it starts and, where it must, once a second.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

pub use db::Wake;

type Listener = Arc<dyn Fn(&Wake) + Send + Sync>;

/// The bus of one node. Listeners run in the thread that committed: they hand over and return.
#[derive(Default)]
pub struct Bus {
    listeners: RwLock<HashMap<&'static str, Vec<Listener>>>,
}

impl Bus {
    /// A bus without listeners.
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// Calls `listener` for every wake-up of `topic` from now on. It must not block.
    pub fn listen(&self, topic: &'static str, listener: impl Fn(&Wake) + Send + Sync + 'static) {
        let mut listeners = self.listeners.write().expect("no listener panics under the lock");
        listeners.entry(topic).or_default().push(Arc::new(listener));
    }

    /// Tells the listeners of each wake-up's topic.
    pub fn publish(&self, wakes: &[Wake]) {
        let listeners = self.listeners.read().expect("no listener panics under the lock");
        for wake in wakes {
            for listener in listeners.get(wake.topic).into_iter().flatten() {
                listener(wake);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicI64, Ordering};

    #[test]
    fn a_listener_hears_its_own_topic_only() {
        let bus = Bus::new();
        let heard = Arc::new(AtomicI64::new(0));
        let sum = heard.clone();
        bus.listen("job", move |wake| {
            sum.fetch_add(wake.key, Ordering::Relaxed);
        });
        let wake = |topic, key| Wake { topic, key, about: 0, number: 0 };
        bus.publish(&[wake("job", 2), wake("person", 40), wake("job", 3)]);
        assert_eq!(heard.load(Ordering::Relaxed), 5);
    }
}
