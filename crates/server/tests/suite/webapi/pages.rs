//! Pages, their policy and their caches; health.

use insta::assert_snapshot;
use testkit::on_both;

on_both! {
    async fn every_page_is_the_client(app) {
        for path in ["/", "/chats/x", "/no/such/page"] {
            let page = app.call("GET", path).header("accept", "text/html").send().await;
            assert_eq!(
                (page.status, page.content_type()),
                (200, "text/html; charset=utf-8"),
                "{path}"
            );
            assert!(page.text().starts_with("<!doctype html>"));
        }
    }

    async fn a_page_runs_our_own_scripts_only(app) {
        let page = app.call("GET", "/").header("accept", "text/html").send().await;
        let policy = page.header("content-security-policy").expect("a policy");
        assert_snapshot!(policy.replace("; ", "\n"), @"
        default-src 'self'
        img-src 'self' data: blob: https: http:
        media-src 'self' blob: https: http:
        connect-src 'self'
        style-src 'self'
        object-src 'none'
        base-uri 'none'
        form-action 'self'
        frame-ancestors 'none'
        ");
        assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(page.header("cache-control"), Some("no-cache"));
    }

    async fn a_known_page_is_not_sent_again(app) {
        let page = app.call("GET", "/").send().await;
        let etag = page.header("etag").expect("an etag").to_owned();
        let again = app.call("GET", "/").header("if-none-match", &etag).send().await;
        assert_eq!((again.status, again.body.len()), (304, 0));
        let weak = format!("\"x\", W/{etag}");
        assert_eq!(app.call("GET", "/").header("if-none-match", &weak).send().await.status, 304);
        assert_eq!(app.call("GET", "/").header("if-none-match", "\"x\"").send().await.status, 200);
    }

    async fn a_script_that_is_gone_is_not_a_page(app) {
        let reply = app.call("GET", "/assets/gone.js").header("accept", "text/html").send().await;
        assert_eq!(reply.status, 404);
    }

    async fn a_healthy_node_says_so(app) {
        assert_snapshot!(app.get("/healthz").await, @r#"{"status":"ok"}"#);
        assert_snapshot!(app.get("/readyz").await, @r#"{"status":"ok"}"#);
    }
}
