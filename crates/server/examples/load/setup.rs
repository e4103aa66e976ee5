//! Making the world to be measured, through the sandbox and the client API.

use std::net::SocketAddr;

use anyhow::{Context as _, bail};
use serde_json::{Value, json};

use crate::http::{Connection, header, request};

pub(crate) const CLIENT_API: &str = "/api/client/v1";

/// A connection for single calls.
pub(crate) struct Client {
    connection: Connection,
    cookie: Option<String>,
}

/// An account as its owner knows it.
#[derive(Clone)]
pub(crate) struct Account {
    pub(crate) app_id: String,
    secret: String,
}

impl Client {
    pub(crate) async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        Ok(Self { connection: Connection::open(address).await?, cookie: None })
    }

    /// The session that a call opened, as the browser would send it.
    pub(crate) fn cookie(&self) -> anyhow::Result<&str> {
        self.cookie.as_deref().context("no session was opened")
    }

    /// A client with a session that was opened before.
    pub(crate) fn with_cookie(mut self, cookie: &str) -> Self {
        self.cookie = Some(cookie.to_owned());
        self
    }

    /// The connection, for what is measured.
    pub(crate) fn into_connection(self) -> Connection {
        self.connection
    }

    pub(crate) async fn get(&mut self, path: &str) -> anyhow::Result<Value> {
        self.call("GET", path, "").await
    }

    pub(crate) async fn post(&mut self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.call("POST", path, &body.to_string()).await
    }

    pub(crate) async fn put(&mut self, path: &str) -> anyhow::Result<Value> {
        self.call("PUT", path, "").await
    }

    async fn call(&mut self, method: &str, path: &str, body: &str) -> anyhow::Result<Value> {
        let sent = request(method, path, self.cookie.as_deref(), body);
        let answer = self.connection.exchange(&sent).await?;
        if !(200..300).contains(&answer.status) {
            bail!("{method} {path}: {}", answer.describe());
        }
        let cookie = header(answer.head, "set-cookie").and_then(|value| value.split(';').next());
        if let Some(cookie) = cookie {
            self.cookie = Some(cookie.to_owned());
        }
        serde_json::from_slice(answer.body).with_context(|| format!("{method} {path}"))
    }

    /// Makes verified service accounts, with a server at `callback_url` if there is one.
    pub(crate) async fn make_accounts(
        &mut self,
        count: usize,
        callback_url: Option<&str>,
    ) -> anyhow::Result<Vec<Account>> {
        let callback = callback_url.map(|url| json!({ "url": url, "token": "teahousebench" }));
        let mut accounts = Vec::with_capacity(count);
        for number in 0..count {
            let name = format!("茶铺 {number}");
            let mut new = json!({ "kind": "service", "verified": true, "name": name });
            if let Some(callback) = &callback {
                new["callback"] = callback.clone();
            }
            let made = self.post("/sandbox/accounts", &new).await?;
            accounts
                .push(Account { app_id: text(&made, "appid")?, secret: text(&made, "secret")? });
        }
        Ok(accounts)
    }

    pub(crate) async fn ask_token(&mut self, account: &Account) -> anyhow::Result<String> {
        let Account { app_id, secret } = account;
        let path =
            format!("/cgi-bin/token?grant_type=client_credential&appid={app_id}&secret={secret}");
        text(&self.get(&path).await?, "access_token")
    }
}

/// A field that must be a text.
pub(crate) fn text(value: &Value, field: &str) -> anyhow::Result<String> {
    let found = value[field].as_str().map(str::to_owned);
    found.with_context(|| format!("no {field} in {value}"))
}
