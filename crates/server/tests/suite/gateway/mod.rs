//! Tests of `gateway`, a folder for each room and a file for each endpoint: text in, text out.

mod accounts;
mod callbacks;
mod calls;
mod checks;
mod connections;
mod media;
mod messaging;
mod surfaces;

use testkit::{Reply, TestApp, platform};

/// A GET to which nothing is added.
async fn get(app: &TestApp, path: &str) -> Reply {
    app.call("GET", path).send().await
}

/// A POST of JSON to which nothing is added.
async fn post(app: &TestApp, path: &str, body: &str) -> Reply {
    app.call("POST", path).json(body).send().await
}

/// A failure as it is answered.
fn failure(code: i32, text: &str) -> String {
    format!(r#"{{"errcode":{code},"errmsg":"{text} rid: [rid]"}}"#)
}

/// Sets how often the account called an endpoint today, as another node would.
async fn set_used(app: &TestApp, endpoint: &'static str, used: i64) {
    let account = app.account().id;
    let write = app.platform.db.write(move |tx| {
        let day = platform::calendar::day(tx.now());
        tx.execute(
            "insert into call_quota (account_id, day, endpoint, used) values ($1, $2, $3, $4)",
            db::params![account, day, endpoint, used],
        )
    });
    write.await.expect("no row is there yet");
}
