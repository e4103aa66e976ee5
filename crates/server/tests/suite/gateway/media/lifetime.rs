//! How long files live.

use std::time::Duration;

use testkit::platform::accounts::remove;
use testkit::platform::media::jobs::sweep;
use testkit::{NewTestAccount, TestApp, on_both};

use super::{PNG, jpeg, upload};

const THREE_DAYS_SECS: u64 = 3 * 86_400;

async fn is_there(app: &TestApp, id: &str) -> bool {
    let reply = app.get(&format!("/cgi-bin/media/get?media_id={id}")).await;
    reply.content_type() == "image/png"
}

async fn exists(app: &TestApp, bytes: &[u8]) -> bool {
    app.platform.files.exists(&files::Hash::of(bytes)).await.expect("the files answer")
}

on_both! {
    async fn a_temporary_medium_is_gone_after_three_days(app) {
        let id = upload(&app, "image", PNG).await;
        app.advance(Duration::from_secs(THREE_DAYS_SECS - 1)).await;
        assert!(is_there(&app, &id).await);
        app.advance(Duration::from_secs(1)).await;
        assert!(!is_there(&app, &id).await);
    }

    async fn a_file_goes_with_its_last_user_once_it_is_no_longer_fresh(app) {
        upload(&app, "image", PNG).await;
        upload(&app, "image", PNG).await;
        app.upload("/cgi-bin/media/uploadimg", "a", &jpeg()).await;
        sweep(&app.platform, Duration::ZERO).await.expect("the files answer");
        assert!(exists(&app, PNG).await, "two use it");
        app.advance(Duration::from_secs(THREE_DAYS_SECS)).await;
        assert!(exists(&app, PNG).await, "it was put just now, in real time");
        sweep(&app.platform, Duration::ZERO).await.expect("the files answer");
        assert!(!exists(&app, PNG).await);
        assert!(exists(&app, &jpeg()).await, "pictures for articles stay");
    }

    async fn a_removed_account_leaves_no_files(app) {
        let account = app.create_account(NewTestAccount::default()).await;
        let token = app.token_of(&account).await;
        let path = format!("/cgi-bin/media/upload?type=image&access_token={token}");
        app.upload(&path, "a", PNG).await;
        app.platform.db.write(move |tx| remove(tx, account.id)).await.expect("it is there");
        app.drain().await;
        sweep(&app.platform, Duration::ZERO).await.expect("the files answer");
        assert!(!exists(&app, PNG).await);
        app.advance(Duration::from_secs(THREE_DAYS_SECS)).await;
    }
}
