//! `GET /cgi-bin/ticket/getticket`

use std::time::Duration;

use insta::assert_snapshot;
use testkit::{NewTestAccount, on_both};

const PATH: &str = "/cgi-bin/ticket/getticket";

on_both! {
    async fn a_ticket_stays_the_same_while_it_is_valid(app) {
        let first = app.get(&format!("{PATH}?type=jsapi")).await;
        assert_snapshot!(
            first,
            @r#"{"errcode":0,"errmsg":"ok","ticket":"[ticket]","expires_in":7200}"#
        );
        app.advance(Duration::from_secs(100)).await;
        let again = app.get(&format!("{PATH}?type=jsapi")).await;
        assert_eq!(again.field("/ticket"), first.field("/ticket"));
        assert_eq!(again.field("/expires_in"), "7100");
        app.advance(Duration::from_secs(7_100)).await;
        let new = app.get(&format!("{PATH}?type=jsapi")).await;
        assert_ne!(new.field("/ticket"), first.field("/ticket"));
    }

    async fn cards_have_a_ticket_of_their_own_for_verified_accounts(app) {
        let pages = app.get(&format!("{PATH}?type=jsapi")).await.field("/ticket");
        let cards = app.get(&format!("{PATH}?type=wx_card")).await.field("/ticket");
        assert_ne!(pages, cards);
        let new = NewTestAccount { verified: false, ..NewTestAccount::default() };
        let token = app.token_of(&app.create_account(new).await).await;
        let reply = app.get(&format!("{PATH}?type=wx_card&access_token={token}")).await;
        assert_snapshot!(reply, @r#"{"errcode":48001,"errmsg":"api unauthorized rid: [rid]"}"#);
    }

    async fn no_type_or_another_is_40097(app) {
        for query in ["", "?type=", "?type=sdk"] {
            let reply = app.get(&format!("{PATH}{query}")).await;
            assert_snapshot!(reply, @r#"{"errcode":40097,"errmsg":"invalid args rid: [rid]"}"#);
        }
    }
}
