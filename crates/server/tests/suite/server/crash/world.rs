//! One account with a bot, and the people who write to it through the client's API.

use std::net::SocketAddr;

use testkit::Call;

use super::bot::Bot;

/// Who is there.
pub(super) struct World {
    /// The account's public id.
    pub(super) account: String,
    /// Each person's session cookie.
    pub(super) sessions: Vec<String>,
}

impl World {
    pub(super) async fn make(address: SocketAddr, bot: &Bot, people: usize) -> Self {
        let account = format!(
            r#"{{"kind":"service","verified":true,"name":"回声","callback":{{"url":"{}","token":"teahouse","mode":"plain"}}}}"#,
            bot.url()
        );
        let made = Call::to(address, "POST", "/sandbox/accounts").json(&account).send().await;
        assert_eq!(made.status, 201, "{made}");
        let mut world = Self { account: String::new(), sessions: Vec::new() };
        for person in 0..people {
            let body = format!(r#"{{"nickname":"p{person}"}}"#);
            let made = Call::to(address, "POST", "/api/client/v1/people").json(&body).send().await;
            assert_eq!(made.status, 201, "{made}");
            world.sessions.push(made.cookie().expect("it signs in").to_owned());
        }
        let found = world.call(address, 0, "GET", "/accounts").send().await;
        world.account = found.field("/accounts/0/id");
        for person in 0..people {
            let path = format!("/accounts/{}/follow", world.account);
            let followed = world.call(address, person, "PUT", &path).send().await;
            assert_eq!(followed.status, 200, "{followed}");
        }
        world
    }

    /// A call of one person to the client's API.
    pub(super) fn call(&self, to: SocketAddr, person: usize, method: &str, path: &str) -> Call {
        let path = format!("/api/client/v1{path}");
        Call::to(to, method, &path).cookie(&self.sessions[person])
    }

    /// The address of the conversation's messages.
    pub(super) fn messages(&self) -> String {
        format!("/accounts/{}/messages", self.account)
    }
}
