//! Whose turn it is: owners with work, fair between them and bounded for each.

use std::collections::{HashMap, HashSet, VecDeque};

/// Owners in turn. Pure: the engine asks, this answers.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    turns: VecDeque<i64>,
    waiting: HashSet<i64>,
    running: HashMap<i64, usize>,
    total: usize,
    /// Owners at their bound for whom somebody called meanwhile.
    blocked: HashSet<i64>,
}

/// How much may run at once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    pub(crate) per_owner: usize,
    pub(crate) total: usize,
    /// How many jobs an owner takes in one turn, so that nobody's backlog holds up the rest.
    pub(crate) turn: usize,
}

impl Queue {
    /// Notes that the owner may have work.
    pub(crate) fn call(&mut self, owner: i64) {
        if self.waiting.insert(owner) {
            self.turns.push_back(owner);
        }
    }

    /// The next owner in turn and how many slots were set aside for it.
    pub(crate) fn take_turn(&mut self, bounds: Bounds) -> Option<(i64, usize)> {
        while self.total < bounds.total {
            let owner = self.turns.pop_front()?;
            self.waiting.remove(&owner);
            let running = self.running.get(&owner).copied().unwrap_or(0);
            let free = bounds.per_owner.saturating_sub(running);
            if free == 0 {
                self.blocked.insert(owner);
                continue;
            }
            let slots = free.min(bounds.turn).min(bounds.total - self.total);
            *self.running.entry(owner).or_insert(0) += slots;
            self.total += slots;
            return Some((owner, slots));
        }
        None
    }

    /// Gives slots back, and the owner its turn if somebody called while it was at its bound.
    pub(crate) fn give_back(&mut self, owner: i64, slots: usize) {
        self.total -= slots;
        let running = self.running.get_mut(&owner).expect("slots were taken for this owner");
        *running -= slots;
        if *running == 0 {
            self.running.remove(&owner);
        }
        if self.blocked.remove(&owner) {
            self.call(owner);
        }
    }

    /// Forgets who waits: nothing more is to be started.
    pub(crate) fn forget_turns(&mut self) {
        self.turns.clear();
        self.waiting.clear();
    }

    /// Nothing is running and nobody waits for a turn.
    pub(crate) fn is_idle(&self) -> bool {
        self.total == 0 && self.turns.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds { per_owner: 4, total: 10, turn: 2 };

    #[test]
    fn owners_take_turns() {
        let mut queue = Queue::default();
        for owner in [1, 2, 1] {
            queue.call(owner);
        }
        assert_eq!(queue.take_turn(BOUNDS), Some((1, 2)));
        queue.call(1);
        assert_eq!(queue.take_turn(BOUNDS), Some((2, 2)));
        assert_eq!(queue.take_turn(BOUNDS), Some((1, 2)));
        assert_eq!(queue.take_turn(BOUNDS), None);
    }

    #[test]
    fn an_owner_at_its_bound_waits_for_its_own_slots_only() {
        let mut queue = Queue::default();
        for _ in 0..3 {
            queue.call(1);
            queue.take_turn(BOUNDS);
        }
        queue.call(2);
        assert_eq!(queue.take_turn(BOUNDS), Some((2, 2)), "1 is full, 2 is not");
        assert_eq!(queue.take_turn(BOUNDS), None);
        queue.give_back(1, 1);
        assert_eq!(queue.take_turn(BOUNDS), Some((1, 1)));
    }

    #[test]
    fn the_whole_is_bounded() {
        let mut queue = Queue::default();
        (1..=20).for_each(|owner| queue.call(owner));
        let taken: usize = std::iter::from_fn(|| queue.take_turn(BOUNDS)).map(|(_, n)| n).sum();
        assert_eq!(taken, BOUNDS.total);
        queue.give_back(1, 2);
        assert_eq!(queue.take_turn(BOUNDS), Some((6, 2)));
    }

    #[test]
    fn idle_means_nothing_waits_or_runs() {
        let mut queue = Queue::default();
        assert!(queue.is_idle());
        queue.call(1);
        assert!(!queue.is_idle());
        let (owner, slots) = queue.take_turn(BOUNDS).expect("one waits");
        queue.give_back(owner, slots);
        assert!(queue.is_idle());
    }
}
