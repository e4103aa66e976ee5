//! One server that hangs never delays the callbacks of another account.

use std::time::Duration;

use testkit::{Answer, DeveloperServer, NewTestAccount, Setup, on_both_with};

const ACCOUNTS: usize = 1_000;
/// As many workers as one account may have, and as many again that wait for them.
const HANGING: usize = 8;

on_both_with! {
    // Nothing times out while the test runs: a hanging worker hangs.
    Setup { callback_timeout: Duration::from_secs(60), ..Setup::default() };

    async fn a_thousand_accounts_are_served_while_every_worker_of_one_hangs(app) {
        let hanging = DeveloperServer::responding(|_| Answer::hang()).await;
        let slow = app.create_account(NewTestAccount::with_server(&hanging.url())).await;
        let server = DeveloperServer::start().await;
        let person = app.create_person("林夏").await;
        let public = app.public_id(person);
        let act = async |act: &str, appid: &str, fields: &str| {
            let path = format!("/sandbox/people/{public}/{act}");
            let body = format!(r#"{{"appid":"{appid}","wait":"accepted"{fields}}}"#);
            let reply = app.post(&path, &body).await;
            assert_eq!(reply.status, 200, "{reply}");
        };
        act("follow", slow.app_id.as_str(), "").await;
        for _ in 0..HANGING {
            let fields = r#","type":"text","content":"在吗""#;
            act("send", slow.app_id.as_str(), fields).await;
        }
        hanging.wait_for(4).await;
        for _ in 0..ACCOUNTS {
            let account = app.create_account(NewTestAccount::with_server(&server.url())).await;
            act("follow", account.app_id.as_str(), "").await;
        }
        let served = server.wait_for(ACCOUNTS).await;
        assert!(served.iter().all(|push| push.element("Event") == Some("subscribe")));
        assert_eq!(hanging.received().len(), 4, "the bound of one account");
        drop(hanging); // refuses from now on, so that what waits comes to an end
    }
}
