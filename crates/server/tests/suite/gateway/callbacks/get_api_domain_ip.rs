//! `GET /cgi-bin/get_api_domain_ip`

use insta::assert_snapshot;
use testkit::on_both;

on_both! {
    async fn the_addresses_of_this_server_are_answered(app) {
        let reply = app.get("/cgi-bin/get_api_domain_ip").await;
        assert_snapshot!(reply, @r#"{"ip_list":["127.0.0.1"]}"#);
    }
}
