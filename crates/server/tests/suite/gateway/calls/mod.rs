//! Quotas, and what came of a call.

mod clear_quota;
mod clear_quota_v2;
mod quota_clear;
mod quota_get;
mod records;
mod rid_get;

use testkit::TestApp;

/// What `quota/get` says an endpoint was used today.
async fn used(app: &TestApp, path: &str) -> String {
    let body = format!(r#"{{"cgi_path":"{path}"}}"#);
    app.post("/cgi-bin/openapi/quota/get", &body).await.field("/quota/used")
}
