//! Grants: what a person does lets the account send him a few customer messages for a while
//! (spec core 13.4). Budgets are separate for each trigger; a new one renews its own.

use db::Timestamp;

/// What a person does to open a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// Writes, whatever the kind.
    Message,
    /// Begins to follow.
    Follow,
    /// Taps an item of a menu message.
    Choice,
}

impl Trigger {
    /// Messages that the account may send.
    pub const fn budget(self) -> i64 {
        match self {
            Self::Message => 5,
            Self::Follow | Self::Choice => 3,
        }
    }

    /// Seconds for which it may.
    pub const fn window_secs(self) -> i64 {
        match self {
            Self::Message => 48 * 3_600,
            Self::Follow | Self::Choice => 60,
        }
    }
}

db::row! {
    /// The grants of one conversation, in the order of their columns.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct Grants {
        pub(crate) message_left: i64,
        pub(crate) message_until: Timestamp,
        pub(crate) follow_left: i64,
        pub(crate) follow_until: Timestamp,
        pub(crate) choice_left: i64,
        pub(crate) choice_until: Timestamp,
    }
}

/// Why nothing may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoGrant {
    /// No window is open (45015).
    #[error("no window is open")]
    Closed,
    /// A window is open and its budget is used up (45047).
    #[error("the budget of the open window is used up")]
    UsedUp,
}

impl Grants {
    /// Takes one message from the grant that ends first among those that have any left.
    pub(crate) fn spend(&mut self, now: Timestamp) -> Result<(), NoGrant> {
        let mut open = [
            (self.message_until, &mut self.message_left),
            (self.follow_until, &mut self.follow_left),
            (self.choice_until, &mut self.choice_left),
        ];
        open.sort_by_key(|(until, _)| *until);
        let mut open = open.into_iter().filter(|(until, _)| *until > now).peekable();
        if open.peek().is_none() {
            return Err(NoGrant::Closed);
        }
        let (_, left) = open.find(|(_, left)| **left > 0).ok_or(NoGrant::UsedUp)?;
        *left -= 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grants(message: (i64, i64), follow: (i64, i64)) -> Grants {
        Grants {
            message_left: message.0,
            message_until: Timestamp(message.1),
            follow_left: follow.0,
            follow_until: Timestamp(follow.1),
            choice_left: 0,
            choice_until: Timestamp(0),
        }
    }

    #[test]
    fn the_grant_that_ends_first_is_spent_first() {
        let mut held = grants((5, 1_000), (1, 100));
        held.spend(Timestamp(50)).expect("two are open");
        assert_eq!((held.message_left, held.follow_left), (5, 0));
        held.spend(Timestamp(50)).expect("one has some left");
        assert_eq!(held.message_left, 4);
    }

    #[test]
    fn a_closed_window_differs_from_a_used_up_one() {
        assert_eq!(grants((5, 50), (0, 0)).spend(Timestamp(50)), Err(NoGrant::Closed));
        assert_eq!(grants((0, 51), (3, 50)).spend(Timestamp(50)), Err(NoGrant::UsedUp));
    }
}
