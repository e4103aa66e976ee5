//! People, what they upload and what they see.

mod create;
mod inbox;
mod list;
mod upload;

use axum::Router;
use axum::routing::{get, post};
use platform::Platform;
use platform::ids::{PersonId, PublicIds};
use platform::people;
use serde::Serialize;

use crate::app::App;
use crate::people::Person;
use crate::problem::{Problem, Refused};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/people", post(create::handle).get(list::handle))
        .route("/people/{id}/media", post(upload::handle))
        .route("/people/{id}/inbox", get(inbox::handle))
}

/// The person that an address names.
pub(super) fn id_of(platform: &Platform, text: &str) -> Refused<PersonId> {
    platform.keys.ids().find_person(text).ok_or(Problem::NotFound)
}

/// A person with what his client tells of itself.
#[derive(Serialize)]
pub(super) struct ScriptedPerson {
    #[serde(flatten)]
    person: Person,
    device: String,
    system: String,
    network: String,
    carrier: String,
}

impl ScriptedPerson {
    fn new(ids: &PublicIds, person: &people::Person) -> Self {
        let device = person.device.clone();
        Self {
            person: Person::new(ids, person),
            device: device.model,
            system: device.system,
            network: device.network,
            carrier: device.carrier,
        }
    }
}
