//! Nothing is left behind: what a test must have brought to an end.

use platform::Platform;

use crate::store;

/// Sentences about jobs that a test has left over: due, to be tried again, dead or parked. Jobs
/// that wait for an instant to come (an expiry) are as they should be.
pub(crate) async fn list(platform: &Platform) -> Vec<String> {
    let jobs = platform.db.read(store::list_left_over).await.expect("jobs can be listed");
    let sentence = |job: store::LeftOver| {
        let store::LeftOver { owner, kind, state, attempts, last_error } = job;
        format!("{kind} of {owner} is {state} after {attempts} attempts: {last_error}")
    };
    jobs.into_iter().map(sentence).collect()
}
