//! Attempts: how often, with what, and what the person sees in the end.

use serde_json::{Value, json};
use testkit::{Answer, NewTestAccount, Setup, on_both, on_both_with};

use super::{SUSPENSION, Talk, outcome};

fn attempts(acted: &Value) -> usize {
    acted["deliveries"][0]["attempts"].as_array().map_or(0, Vec::len)
}

fn system_lines(acted: &Value) -> Vec<&str> {
    let replies = acted["replies"].as_array().expect("a list");
    let lines = replies.iter().filter(|message| message["from"] == "system");
    lines.filter_map(|message| message["content"].as_str()).collect()
}

const OUT_OF_ORDER: &str = "该公众号提供的服务出现故障，请稍后再试";

on_both! {
    async fn a_failure_is_tried_again_with_the_same_message(app) {
        let talk = Talk::begin(&app).await;
        talk.server.answer(Answer::status(500, "")).answer(Answer::hang());
        let acted = talk.say("在吗").await;
        assert_eq!(outcome(&acted).0, "acknowledged");
        assert_eq!(attempts(&acted), 3);
        let pushes = talk.server.wait_for(3).await;
        let of = |name: &str| -> Vec<_> { pushes.iter().map(|p| p.element(name)).collect() };
        let same = |values: Vec<Option<&str>>| values.windows(2).all(|pair| pair[0] == pair[1]);
        assert!(same(of("MsgId")) && same(of("CreateTime")) && same(of("Content")));
        assert!(pushes[0].query("signature") != pushes[1].query("signature"), "signed anew");
        assert_eq!(system_lines(&acted), Vec::<&str>::new());
    }

    async fn after_three_failures_the_person_is_told(app) {
        let talk = Talk::begin(&app).await;
        talk.server.respond(|_| Answer::text("<html>PHP Notice</html>"));
        let acted = talk.say("在吗").await;
        assert_eq!(outcome(&acted).0, "failed");
        assert_eq!(attempts(&acted), 3);
        assert_eq!(system_lines(&acted), [OUT_OF_ORDER]);
    }

    async fn each_kind_of_failure_is_named(app) {
        let talk = Talk::begin(&app).await;
        let failing = [
            (Answer::status(404, ""), "the server answered 404"),
            (Answer::status(302, ""), "the server answered 302"),
            (Answer::hang(), "timed out while waiting for the answer"),
            (Answer::reset(), "connection closed before the answer was complete"),
        ];
        for (answer, reason) in failing {
            (0..3).for_each(|_| { talk.server.answer(answer.clone()); });
            let acted = talk.say("在吗").await;
            assert_eq!(outcome(&acted), ("failed".to_owned(), reason.to_owned()));
            app.advance(SUSPENSION).await;
        }
    }

    async fn an_unfollow_that_fails_is_told_to_nobody(app) {
        let talk = Talk::begin(&app).await;
        talk.server.respond(|_| Answer::status(500, ""));
        let path = format!("/sandbox/people/{}/unfollow", talk.person);
        let body = format!(r#"{{"appid":"{}"}}"#, talk.account.app_id);
        let acted = app.post(&path, &body).await.json();
        assert_eq!(outcome(&acted).0, "failed");
        let inbox = format!(
            "/sandbox/people/{}/inbox?appid={}&after=0", talk.person, talk.account.app_id
        );
        assert_eq!(app.get(&inbox).await.json()["messages"], json!([]));
    }

    async fn a_follow_is_pushed_with_its_scene(app) {
        let talk = Talk::begin(&app).await;
        let person = app.create_person("陈默").await;
        let path = format!("/sandbox/people/{}/follow", app.public_id(person));
        let body = format!(r#"{{"appid":"{}","scan":"110"}}"#, talk.account.app_id);
        app.post(&path, &body).await;
        let push = talk.server.wait_for(1).await.remove(0);
        assert_eq!(push.element("Event"), Some("subscribe"));
        assert_eq!(push.element("EventKey"), Some("qrscene_110"));
        assert_eq!(push.element("MsgId"), None);
    }
}

on_both_with! {
    Setup { dev: false, ..Setup::default() };

    async fn under_serve_a_private_address_is_never_called(app) {
        let server = testkit::DeveloperServer::start().await;
        let account = app.create_account(NewTestAccount::with_server(&server.url())).await;
        let person = app.create_person("林夏").await;
        app.follow(person, &account).await;
        assert_eq!(server.received(), []);
        let deliveries = app.platform.db.read(move |tx| {
            platform::callbacks::deliveries::list(tx, account.id, 10)
        });
        let deliveries = deliveries.await.expect("a list");
        assert!(deliveries[0].reason.contains("not allowed"), "{}", deliveries[0].reason);
    }
}
