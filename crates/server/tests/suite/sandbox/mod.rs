//! The sandbox, as a developer's script speaks to it.

mod accounts;
mod acts;
mod clock;
mod demo;
mod gate;
mod inbox;
mod jobs;
mod media;
mod people;
mod reset;

use serde_json::Value;
use testkit::{DeveloperServer, NewTestAccount, Reply, TestAccount, TestApp};

/// A person who follows an account, driven by a script.
struct Script {
    app: TestApp,
    account: TestAccount,
    /// The person's address, `/sandbox/people/{id}`.
    person: String,
}

impl Script {
    /// With the account that every test has, which has no server.
    async fn alone(app: &TestApp) -> Self {
        Self::with(app, app.account().clone()).await
    }

    /// With an account whose server is a bot.
    async fn with_bot(app: &TestApp) -> (Self, DeveloperServer) {
        let server = DeveloperServer::start().await;
        let account = app.create_account(NewTestAccount::with_server(&server.url())).await;
        let script = Self::with(app, account).await;
        server.forget();
        (script, server)
    }

    async fn with(app: &TestApp, account: TestAccount) -> Self {
        let person = person(app, "Mei").await;
        let script = Self { app: app.clone(), account, person };
        let followed = script.act("follow", "").await;
        assert_eq!(followed.status, 200, "{followed}");
        script
    }

    /// An act with its own fields, such as `,"type":"text"`.
    async fn act(&self, act: &str, fields: &str) -> Reply {
        let body = format!(r#"{{"appid":"{}"{fields}}}"#, self.account.app_id);
        self.app.post(&format!("{}/{act}", self.person), &body).await
    }

    async fn say(&self, text: &str) -> Reply {
        self.act("send", &format!(r#","type":"text","content":"{text}""#)).await
    }

    async fn inbox(&self, query: &str) -> Reply {
        let path = format!("{}/inbox?appid={}{query}", self.person, self.account.app_id);
        self.app.get(&path).await
    }
}

/// Makes a person and answers his address.
async fn person(app: &TestApp, nickname: &str) -> String {
    let made = app.post("/sandbox/people", &format!(r#"{{"nickname":"{nickname}"}}"#)).await;
    format!("/sandbox/people/{}", made.field("/id"))
}

/// Durations of real time in deliveries, replaced by 0.
fn timeless(mut acted: Value) -> Value {
    fn visit(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                if let Some(ms) = fields.get_mut("ms") {
                    *ms = 0.into();
                }
                fields.values_mut().for_each(visit);
            }
            Value::Array(items) => items.iter_mut().for_each(visit),
            _ => {}
        }
    }
    visit(&mut acted);
    acted
}
