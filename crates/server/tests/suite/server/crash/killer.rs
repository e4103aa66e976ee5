//! Chooses the moments, from a seed.

use std::time::Duration;

use tokio::time::{sleep, timeout};

use super::bot::Bot;
use super::writer::Progress;

/// Longest pause between the event that is waited for and the kill: a transaction lasts less.
const MAX_PAUSE_MICROS: u64 = 6_000;
/// How long the event may take to come.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where in the life of a message the process is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// Somewhere.
    Any,
    /// Just after an acknowledgement: the first transaction of a delivery is under way.
    Accepted,
    /// While the bot holds a push: between the two transactions of its delivery.
    Pushed,
    /// Just after the bot's answer: inside the second.
    Answered,
}

const MOMENTS: [Moment; 4] = [Moment::Any, Moment::Accepted, Moment::Pushed, Moment::Answered];

/// A sequence of moments.
pub(super) struct Killer {
    state: u64,
    counts: [u32; MOMENTS.len()],
}

/// The seed that the environment gives, or another one each time.
pub(super) fn seed() -> u64 {
    let given = std::env::var("TEAHOUSE_TEST_SEED").ok().and_then(|text| text.parse().ok());
    given.unwrap_or_else(|| u64::from(std::process::id()))
}

impl Killer {
    pub(super) fn new(seed: u64) -> Self {
        Self { state: seed, counts: [0; MOMENTS.len()] }
    }

    /// Waits until the next moment has come.
    pub(super) async fn wait_for_the_moment(&mut self, bot: &Bot, progress: &Progress) {
        let choice = usize::try_from(self.next() % 4).expect("less than four");
        self.counts[choice] += 1;
        let pause = Duration::from_micros(self.next() % MAX_PAUSE_MICROS);
        let event = async {
            match MOMENTS[choice] {
                Moment::Any => {}
                Moment::Accepted => progress.wait_for_more(1).await,
                Moment::Pushed | Moment::Answered => bot.wait_for_more(1).await,
            }
        };
        timeout(PATIENCE, event).await.expect("messages are written and pushed all the time");
        match MOMENTS[choice] {
            // The answer is not yet out when the push is told.
            Moment::Pushed => {}
            Moment::Any | Moment::Accepted | Moment::Answered => sleep(pause).await,
        }
    }

    pub(super) fn summary(&self) -> String {
        let parts =
            MOMENTS.iter().zip(self.counts).map(|(moment, count)| format!("{count} {moment:?}"));
        parts.collect::<Vec<_>>().join(", ")
    }

    /// splitmix64.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
