//! `POST /cgi-bin/openapi/quota/clear`

use insta::assert_snapshot;
use testkit::on_both;

use super::super::{failure, set_used};
use super::used;

const PATH: &str = "/cgi-bin/openapi/quota/clear";

on_both! {
    async fn one_quota_begins_anew_and_the_others_stay(app) {
        set_used(&app, "/cgi-bin/media/upload", 100_000).await;
        set_used(&app, "/cgi-bin/media/get", 7).await;
        assert!(app.upload("/cgi-bin/media/upload", "a", b"").await.text().contains("45009"));
        let reply = app.post(PATH, r#"{"cgi_path":"/cgi-bin/media/upload"}"#).await;
        assert_snapshot!(reply, @r#"{"errcode":0,"errmsg":"ok"}"#);
        assert_eq!(used(&app, "/cgi-bin/media/upload").await, "0");
        assert_eq!(used(&app, "/cgi-bin/media/get").await, "7");
        assert!(!app.upload("/cgi-bin/media/upload", "a", b"").await.text().contains("45009"));
    }

    async fn the_fifty_first_reset_of_a_month_is_48006(app) {
        for _ in 0..50 {
            let reply = app.post(PATH, r#"{"cgi_path":"/cgi-bin/media/get"}"#).await;
            assert_snapshot!(reply, @r#"{"errcode":0,"errmsg":"ok"}"#);
        }
        let reply = app.post(PATH, r#"{"cgi_path":"/cgi-bin/media/upload"}"#).await;
        assert_eq!(
            reply.to_string(),
            failure(48_006, "forbid to clear quota because of reaching the limit"),
        );
    }

    async fn an_unknown_path_is_76021(app) {
        let reply = app.post(PATH, r#"{"cgi_path":"cgi-bin/media/get"}"#).await;
        assert_snapshot!(
            reply,
            @r#"{"errcode":76021,"errmsg":"cgi_path not found, please check rid: [rid]"}"#
        );
        assert_snapshot!(
            app.post(PATH, "").await,
            @r#"{"errcode":44002,"errmsg":"empty post data rid: [rid]"}"#
        );
    }
}
