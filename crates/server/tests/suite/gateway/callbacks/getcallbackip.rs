//! `GET /cgi-bin/getcallbackip`

use insta::assert_snapshot;
use testkit::on_both;

on_both! {
    async fn the_configured_addresses_are_answered_without_errcode(app) {
        let reply = app.get("/cgi-bin/getcallbackip").await;
        assert_snapshot!(reply, @r#"{"ip_list":["127.0.0.1"]}"#);
    }
}
