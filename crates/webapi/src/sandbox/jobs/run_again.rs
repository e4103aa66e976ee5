//! `POST /sandbox/jobs/{id}/run`: lets a dead letter run again from its first attempt.

use axum::Json;
use axum::extract::{Path, State};
use jobs::JobId;
use platform::Platform;
use platform::ids::IdKind;
use serde_json::{Value, json};

use crate::problem::{Problem, Refused};

pub(super) async fn handle(
    State(platform): State<Platform>,
    Path(id): Path<String>,
) -> Refused<Json<Value>> {
    let job = platform.keys.ids().decode(IdKind::Job, &id);
    let (owner, number) = job.ok_or(Problem::NotFound)?;
    let revived = platform.db.write(move |tx| jobs::run_again(tx, owner, JobId(number))).await?;
    if revived { Ok(Json(json!({}))) } else { Err(Problem::NotFound) }
}
