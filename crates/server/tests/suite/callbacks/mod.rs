//! Pushes to a developer's server: what is sent, what may be answered, what happens when it is not.

mod delivery;
mod fairness;
mod modes;
mod replies;
mod suspension;

use std::time::Duration;

use serde_json::Value;
use testkit::{DeveloperServer, NewTestAccount, TestAccount, TestApp};
use wire::callback::{Format, Mode};

/// A follower who talks to an account that has a server.
struct Talk {
    app: TestApp,
    server: DeveloperServer,
    account: TestAccount,
    person: String,
    openid: String,
}

impl Talk {
    /// In plain mode, as XML.
    async fn begin(app: &TestApp) -> Self {
        Self::begin_in(app, Mode::Plain, Format::Xml).await
    }

    async fn begin_in(app: &TestApp, mode: Mode, format: Format) -> Self {
        let server = DeveloperServer::start().await;
        let new = NewTestAccount { mode, format, ..NewTestAccount::with_server(&server.url()) };
        let account = app.create_account(new).await;
        let person = app.create_person("林夏").await;
        let openid = app.follow(person, &account).await.to_string();
        server.forget();
        let person = app.public_id(person);
        Self { app: app.clone(), server, account, person, openid }
    }

    /// The person says something; the answer of the sandbox once the push is settled.
    async fn say(&self, text: &str) -> Value {
        self.act("send", &format!(r#""type":"text","content":"{text}""#)).await
    }

    async fn act(&self, act: &str, fields: &str) -> Value {
        let path = format!("/sandbox/people/{}/{act}", self.person);
        let body = format!(r#"{{"appid":"{}",{fields}}}"#, self.account.app_id);
        let reply = self.app.post(&path, &body).await;
        assert_eq!(reply.status, 200, "{reply}");
        reply.json()
    }

    /// What the last push was answered with, as the person sees it.
    async fn answered(&self, reply: &str) -> Value {
        self.server.answer(testkit::Answer::text(&self.fill(reply)));
        let acted = self.say("茶").await;
        acted["replies"].clone()
    }

    /// Puts the names of this talk into a reply's text.
    fn fill(&self, reply: &str) -> String {
        reply.replace("OPENID", &self.openid).replace("gh_OWN", self.account.username.as_str())
    }
}

/// The status and reason of the only delivery of an act.
fn outcome(acted: &Value) -> (String, String) {
    let deliveries = acted["deliveries"].as_array().expect("a list");
    assert_eq!(deliveries.len(), 1, "{acted:#}");
    let text = |name: &str| deliveries[0][name].as_str().unwrap_or_default().to_owned();
    (text("status"), text("reason"))
}

const SUSPENSION: Duration = Duration::from_secs(60);
