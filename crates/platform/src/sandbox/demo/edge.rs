//! Making the demo world.

use super::{Error, populate};
use crate::Platform;

/// Makes the demo world if there is no account yet. `false`: there is one, and nothing was done.
pub async fn make(platform: &Platform) -> Result<bool, Error> {
    let keys = platform.keys.clone();
    platform.db.write(move |tx| populate(tx, &keys)).await
}
