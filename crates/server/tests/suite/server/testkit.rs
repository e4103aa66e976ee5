//! The tests' own tools do what they promise.

use testkit::{Answer, DeveloperServer, NewTestAccount, on_both};

on_both! {
    async fn an_account_answers_and_nothing_is_left_over(app) {
        let reply = app.get("/cgi-bin/get_api_domain_ip").await;
        assert_eq!(reply.status, 200);
        assert!(reply.json()["ip_list"].is_array(), "{reply}");
    }

    async fn a_follow_is_pushed_to_the_accounts_server(app) {
        let server = DeveloperServer::start().await;
        let account = app.create_account(NewTestAccount::with_server(&server.url())).await;
        let mei = app.create_person("Mei").await;
        let openid = app.follow(mei, &account).await;
        let received = server.received();
        assert_eq!(received.len(), 1);
        assert_eq!(received[0].element("Event"), Some("subscribe"));
        assert_eq!(received[0].element("FromUserName"), Some(openid.as_str()));
    }

    async fn a_script_is_followed_in_order(app) {
        let server = DeveloperServer::start().await;
        server.answer(Answer::reset()).answer(Answer::status(500, "no")).answer(Answer::text(""));
        let account = app.create_account(NewTestAccount::with_server(&server.url())).await;
        let mei = app.create_person("Mei").await;
        app.follow(mei, &account).await;
        assert_eq!(server.received().len(), 3, "three attempts, and the third is enough");
    }
}
