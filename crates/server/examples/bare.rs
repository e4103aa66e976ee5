//! The peer of `cargo xtask bench`: one axum route that reads the body of
//! `message/custom/typing` and answers as that endpoint does, without a single check.
//!
//! Its allocator, runtime and socket options are those of `teahouse`.

use axum::routing::post;
use axum::serve::ListenerExt as _;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Deserialize)]
#[expect(dead_code, reason = "only its reading is measured")]
struct Request {
    touser: String,
    command: String,
}

#[derive(Serialize)]
struct Response {
    errcode: i32,
    errmsg: &'static str,
}

async fn handle(Json(_): Json<Request>) -> Json<Response> {
    Json(Response { errcode: 0, errmsg: "ok" })
}

#[tokio::main]
#[expect(clippy::print_stdout, reason = "its address is its output")]
async fn main() -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    // A connection whose peer is gone already is noticed when it is read.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let routes = Router::new().route("/cgi-bin/message/custom/typing", post(handle));
    axum::serve(listener, routes).await?;
    Ok(())
}
