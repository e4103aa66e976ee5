//! `POST /sandbox/people/{id}/follow`: a person begins to follow an account.

use axum::Json;
use axum::extract::{Path, State};
use platform::{Platform, followers};
use serde::{Deserialize, Serialize};

use super::act::Act;
use super::outcome::{deliveries, last_seq, replies};
use crate::body::Body;
use crate::conversations::Line;
use crate::problem::{Problem, Refused};
use crate::sandbox::deliveries::Delivery;
use crate::sandbox::{accounts, people};

/// Where a follower comes from unless the script says so: from a search.
const SCENE: &str = "ADD_SCENE_SEARCH";
/// Where one comes from who scanned a code.
const SCENE_SCAN: &str = "ADD_SCENE_QR_CODE";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    /// The scene value of a parametric QR code.
    #[serde(default)]
    scan: String,
    /// `ADD_SCENE_…`.
    scene: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Response {
    openid: String,
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
    let (keys, target) = (platform.keys.clone(), account.clone());
    let Request { scan, scene } = act.what;
    let by_scan = if scan.is_empty() { SCENE } else { SCENE_SCAN };
    let scene = scene.unwrap_or_else(|| by_scan.to_owned());
    let write = move |tx: &mut db::Tx<'_>| {
        let before = last_seq(tx, &target, person)?;
        let followed = followers::subscribe(tx, &keys, (target.id, person), &scene, &scan)?;
        Ok((before, followed))
    };
    let (before, followed) = platform.db.write::<_, Problem, _>(write).await?;
    let who = (person, followed.follower.no);
    Ok(Json(Response {
        openid: followed.follower.openid.as_str().to_owned(),
        // One who follows already does nothing.
        deliveries: match followed.changed {
            true => deliveries(&platform, &account, followed.push, act.wait).await?,
            false => Vec::new(),
        },
        replies: replies(&platform, &account, who, before).await?,
    }))
}
