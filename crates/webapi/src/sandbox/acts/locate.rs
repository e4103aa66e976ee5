//! `POST /sandbox/people/{id}/locate`: a person's client tells an account where he is.

use axum::Json;
use axum::extract::{Path, State};
use platform::messaging;
use platform::{Platform, followers};
use serde::{Deserialize, Serialize};

use super::act::Act;
use super::outcome::{deliveries, last_seq, replies};
use crate::body::Body;
use crate::conversations::Line;
use crate::problem::{Problem, Refused};
use crate::sandbox::deliveries::Delivery;
use crate::sandbox::{accounts, people};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    latitude: f64,
    longitude: f64,
    /// The radius of doubt, in metres.
    #[serde(default)]
    precision: f64,
}

#[derive(Serialize)]
pub(super) struct Response {
    deliveries: Vec<Delivery>,
    replies: Vec<Line>,
}

pub(super) async fn handle(
    State(platform): State<Platform>,
    Path(id): Path<String>,
    Body(act): Body<Act<Request>>,
) -> Refused<Json<Response>> {
    let person = people::id_of(&platform, &id)?;
    let account = accounts::find(&platform, &act.appid).await?;
    let target = account.clone();
    let Request { latitude, longitude, precision } = act.what;
    let write = move |tx: &mut db::Tx<'_>| {
        let who = (target.id, person);
        let before = last_seq(tx, &target, person)?;
        let push = messaging::report_location(tx, who, (latitude, longitude), precision)?;
        let follower = followers::find(tx, target.id, person)?.ok_or(Problem::NotFollowing)?;
        Ok((before, push, follower.no))
    };
    let (before, push, follower) = platform.db.write::<_, Problem, _>(write).await?;
    Ok(Json(Response {
        deliveries: deliveries(&platform, &account, push, act.wait).await?,
        replies: replies(&platform, &account, (person, follower), before).await?,
    }))
}
