//! What is kept of calls, and for how long.

use std::time::Duration;

use testkit::platform::calls::{NOBODY, jobs};
use testkit::platform::ids::AccountId;
use testkit::{TestApp, on_both};

use super::super::{get, post};

async fn count(app: &TestApp, sql: &'static str, account: AccountId) -> i64 {
    jobs::flush(&app.platform).await;
    let counted = app.platform.db.read(move |tx| tx.one::<i64>(sql, db::params![account]));
    counted.await.expect("the store answers")
}

const FAILED: &str = "select count(*) from call where account_id = $1 and failed = true";
const CALLS: &str = "select cast(coalesce(sum(calls), 0) as bigint) from call_count \
                     where account_id = $1 and endpoint = '/cgi-bin/menu/get'";
const REFUSED: &str = "select cast(coalesce(sum(calls), 0) as bigint) from call_count \
                       where account_id = $1 and outcome = '48001'";

on_both! {
    async fn calls_that_name_nobody_stand_under_nobody(app) {
        post(&app, "/cgi-bin/no/such", "").await;
        get(&app, "/cgi-bin/token?appid=wx0000000000000000").await;
        assert_eq!(count(&app, FAILED, NOBODY).await, 2);
        assert_eq!(count(&app, FAILED, app.account().id).await, 0);
    }

    async fn what_is_not_built_is_counted_by_endpoint_and_outcome(app) {
        for _ in 0..2 {
            app.get("/cgi-bin/menu/get").await;
        }
        jobs::flush(&app.platform).await;
        app.get("/cgi-bin/menu/get").await;
        assert_eq!(count(&app, CALLS, app.account().id).await, 3);
        assert_eq!(count(&app, REFUSED, app.account().id).await, 3);
    }

    async fn the_sweep_removes_what_is_older_than_seven_days(app) {
        app.get("/cgi-bin/menu/get").await;
        post(&app, "/cgi-bin/no/such", "").await;
        app.get("/cgi-bin/getcallbackip").await;
        assert_eq!(count(&app, FAILED, app.account().id).await, 1);
        app.advance(Duration::from_secs(7 * 86_400)).await;
        jobs::sweep(&app.platform).await.expect("the store answers");
        assert_eq!(count(&app, FAILED, app.account().id).await, 1);
        app.advance(Duration::from_secs(1)).await;
        jobs::sweep(&app.platform).await.expect("the store answers");
        assert_eq!(count(&app, FAILED, app.account().id).await, 0);
        assert_eq!(count(&app, FAILED, NOBODY).await, 0);
    }
}
