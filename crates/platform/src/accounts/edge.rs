//! The steps around transactions: cached look-ups, and the verification of a callback URL.

use std::sync::Arc;

use wire::callback::Format;
use wire::push::verification_query;

use super::settings::{self, Callback};
use super::{Account, Created, Error, Known, NewAccount, create, directory};
use crate::Platform;
use crate::callbacks::edge as callbacks;
use crate::ids::AccountId;

/// The account and what its tokens are worth, from memory if it was asked for lately.
pub async fn find_known(
    platform: &Platform,
    id: AccountId,
) -> Result<Option<Arc<Known>>, db::Error> {
    if let Some(known) = platform.accounts.find(id) {
        return Ok(Some(known));
    }
    let changes = platform.accounts.changes();
    let known = platform.db.read(move |tx| Known::load(tx, id)).await?.map(Arc::new);
    if let Some(known) = &known {
        platform.accounts.keep(known, changes);
    }
    Ok(known)
}

/// The account with this AppID.
pub async fn find_by_app_id(
    platform: &Platform,
    app_id: &str,
) -> Result<Option<Account>, db::Error> {
    let app_id = app_id.to_owned();
    platform.db.read(move |tx| directory::find_by_app_id(tx, &app_id)).await
}

/// Makes an account; its callback URL, if it has one, is verified first.
pub async fn create_verified(platform: &Platform, new: NewAccount) -> Result<Created, Error> {
    if let Some(callback) = &new.callback {
        verify(platform, callback).await?;
    }
    let keys = platform.keys.clone();
    platform.db.write(move |tx| create(tx, &keys, &new)).await
}

/// Sets the server for pushes once it has answered the verification; else the former one stays.
pub async fn set_callback_verified(
    platform: &Platform,
    id: AccountId,
    callback: Callback,
    format: Option<Format>,
) -> Result<(), Error> {
    platform.db.read(move |tx| super::get(tx, id)).await?;
    verify(platform, &callback).await?;
    let keys = platform.keys.clone();
    platform.db.write(move |tx| settings::set_callback(tx, &keys, id, &callback, format)).await
}

/// The GET with `echostr` (spec core 1.2): the answer must be 200 and the same text.
async fn verify(platform: &Platform, callback: &Callback) -> Result<(), Error> {
    settings::check_callback(callback)?;
    let draw = platform.draw().await?;
    let stamp = draw.stamp(platform.db.clock().now());
    let echo = draw.echo();
    let query = verification_query(&callback.token, stamp.timestamp, stamp.nonce, echo);
    let answer = callbacks::get(platform, &callback.url, &query)
        .await
        .map_err(|failure| Error::CallbackRejected(failure.to_string()))?;
    let body = answer.body.trim_ascii();
    if answer.status != 200 {
        return Err(Error::CallbackRejected(format!("it answered {}", answer.status)));
    }
    if body != echo.to_string().as_bytes() {
        return Err(Error::CallbackRejected("it did not answer the echostr".to_owned()));
    }
    Ok(())
}
