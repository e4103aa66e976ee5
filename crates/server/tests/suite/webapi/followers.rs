//! To follow and to leave.

use testkit::on_both;

use super::{Browser, address, texts};

on_both! {
    async fn following_twice_is_following_once(app) {
        let lin = Browser::of(&app, "林夏").await;
        let path = format!("{}/follow", address(&app, app.account()));
        let first = lin.put(&path).await;
        assert_eq!(first.field("/account/following"), "true");
        assert_eq!(lin.put(&path).await.text(), first.text());
    }

    async fn leaving_twice_is_leaving_once(app) {
        let lin = Browser::of(&app, "林夏").await;
        let path = lin.follow(app.account()).await;
        for _ in 0..2 {
            let left = lin.delete(&format!("{path}/follow")).await;
            assert_eq!((left.status, left.field("/account/following")), (200, "false".to_owned()));
        }
        let mei = Browser::of(&app, "Mei").await;
        let left = mei.delete(&format!("{path}/follow")).await;
        assert_eq!(left.status, 200, "who never followed does not follow");
    }

    async fn a_conversation_outlives_leaving(app) {
        let lin = Browser::of(&app, "林夏").await;
        let path = lin.follow(app.account()).await;
        lin.say(&path, "1", "还在吗").await;
        lin.delete(&format!("{path}/follow")).await;
        let chats = lin.get("/chats").await;
        assert_eq!(chats.field("/chats/0/account/following"), "false");
        assert_eq!(texts(&lin.get(&format!("{path}/messages")).await), ["还在吗"]);
    }

    async fn what_is_no_account_cannot_be_followed(app) {
        let lin = Browser::of(&app, "林夏").await;
        let path = format!("/accounts/{}/follow", lin.person);
        assert_eq!(lin.put(&path).await.status, 404);
        assert_eq!(lin.delete(&path).await.status, 404);
    }
}
