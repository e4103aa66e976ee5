//! The SQL of the tests' own questions.

use db::{Error, Tx, params};

db::row! {
    /// A job that nobody has brought to an end.
    pub(crate) struct LeftOver {
        pub(crate) owner: i64,
        pub(crate) kind: String,
        pub(crate) state: String,
        pub(crate) attempts: i64,
        pub(crate) last_error: String,
    }
}

pub(crate) fn list_left_over(tx: &mut Tx<'_>) -> Result<Vec<LeftOver>, Error> {
    let now = tx.now();
    tx.list(
        "/* fan_out */ select owner, kind, state, attempts, last_error from job \
         where state <> 'ready' or due_at <= $1 or attempts > 0 order by owner, id limit 20",
        params![now],
    )
}
