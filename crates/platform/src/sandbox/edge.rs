//! Waiting for what blocks.

/// Runs what blocks, beside the tasks.
pub(super) async fn blocking<T, F>(work: F) -> Result<T, db::Error>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, db::Error> + Send + 'static,
{
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|failure| Err(db::Error::Panicked(failure.to_string())))
}
