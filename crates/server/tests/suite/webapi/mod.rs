//! The client API, live events and the pages, as a browser speaks to them.

mod accounts;
mod conversations;
mod followers;
mod guard;
mod live;
mod media;
mod messaging;
mod pages;
mod people;

use testkit::{Call, Reply, Socket, TestAccount, TestApp};

/// The smallest picture there is.
const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x00\x00\
    \x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

/// A person's browser.
struct Browser {
    app: TestApp,
    cookie: String,
    /// The person's id.
    person: String,
}

impl Browser {
    /// A new person, signed in.
    async fn of(app: &TestApp, nickname: &str) -> Self {
        let body = format!(r#"{{"nickname":"{nickname}"}}"#);
        let made = app.post("/api/client/v1/people", &body).await;
        assert_eq!(made.status, 201, "{made}");
        let cookie = made.cookie().expect("a session").to_owned();
        Self { app: app.clone(), cookie, person: made.field("/person/id") }
    }

    fn call(&self, method: &str, path: &str) -> Call {
        self.app.call(method, &format!("/api/client/v1{path}")).cookie(&self.cookie)
    }

    async fn get(&self, path: &str) -> Reply {
        self.call("GET", path).send().await
    }

    async fn post(&self, path: &str, body: &str) -> Reply {
        self.call("POST", path).json(body).send().await
    }

    async fn put(&self, path: &str) -> Reply {
        self.call("PUT", path).send().await
    }

    async fn delete(&self, path: &str) -> Reply {
        self.call("DELETE", path).send().await
    }

    async fn upload(&self, bytes: &[u8]) -> Reply {
        self.call("POST", "/uploads?type=image").file("media", "tea.gif", bytes).send().await
    }

    async fn live(&self) -> Socket {
        self.app.open_socket("/api/client/v1/live", &[("cookie", &self.cookie)]).await
    }

    /// Follows an account and answers its address, `/accounts/{id}`.
    async fn follow(&self, account: &TestAccount) -> String {
        let path = address(&self.app, account);
        let followed = self.put(&format!("{path}/follow")).await;
        assert_eq!(followed.status, 200, "{followed}");
        path
    }

    /// Writes a text under a key.
    async fn say(&self, account: &str, key: &str, text: &str) -> Reply {
        let body = format!(r#"{{"key":"{key}","type":"text","content":"{text}"}}"#);
        self.post(&format!("{account}/messages"), &body).await
    }
}

/// The address of an account in the client API.
fn address(app: &TestApp, account: &TestAccount) -> String {
    format!("/accounts/{}", app.platform.keys.ids().account(account.id))
}

/// The texts of a page of messages.
fn texts(page: &Reply) -> Vec<String> {
    let page = page.json();
    let messages = page["messages"].as_array().expect("a list");
    let text = |message: &serde_json::Value| message["content"].as_str().map(str::to_owned);
    messages.iter().filter_map(text).collect()
}
