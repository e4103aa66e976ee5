//! `POST /sandbox/people`: makes a person.

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform::Platform;
use platform::people::{self, Device, NewPerson};
use serde::Deserialize;

use super::ScriptedPerson;
use crate::body::Body;
use crate::problem::Refused;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    nickname: String,
    #[serde(default)]
    sex: i64,
    #[serde(default)]
    language: String,
    #[serde(default)]
    country: String,
    #[serde(default)]
    province: String,
    #[serde(default)]
    city: String,
    avatar_url: Option<String>,
    #[serde(default)]
    device: String,
    #[serde(default)]
    system: String,
    #[serde(default)]
    network: String,
    #[serde(default)]
    carrier: String,
}

pub(super) async fn handle(
    State(platform): State<Platform>,
    Body(request): Body<Request>,
) -> Refused<(StatusCode, Json<ScriptedPerson>)> {
    let new = request.read();
    let person = platform.db.write(move |tx| people::create(tx, &new)).await?;
    let person = ScriptedPerson::new(platform.keys.ids(), &person);
    Ok((StatusCode::CREATED, Json(person)))
}

impl Request {
    fn read(self) -> NewPerson {
        NewPerson {
            nickname: self.nickname,
            sex: self.sex,
            language: self.language,
            country: self.country,
            province: self.province,
            city: self.city,
            avatar_url: self.avatar_url,
            device: Device {
                model: self.device,
                system: self.system,
                network: self.network,
                carrier: self.carrier,
            },
        }
    }
}
