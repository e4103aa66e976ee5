//! What the suite, the conformance runs and demos share: a whole platform in this process, people
//! and accounts made in a line, and a developer's server that does as it is told.
//!
//! A test is a fact, told once and checked on both engines:
//!
//! ```ignore
//! on_both! {
//!     async fn a_taken_name_is_45157(app) {
//!         app.post("/cgi-bin/tags/create", r#"{"tag":{"name":"vip"}}"#).await;
//!         let reply = app.post("/cgi-bin/tags/create", r#"{"tag":{"name":"vip"}}"#).await;
//!         assert_snapshot!(reply, @r#"{"errcode":45157,"errmsg":"invalid tag name rid: [rid]"}"#);
//!     }
//! }
//! ```
//!
//! PostgreSQL is what `TEAHOUSE_TEST_POSTGRES` names (a maintenance database in which databases
//! may be made); without it those tests say so and pass, except in CI, where they fail.
//! `TEAHOUSE_TEST_PARTITIONS` splits every table and checks the plan of every statement.

mod acts;
mod app;
mod call;
mod database;
pub mod developer;
mod left_over;
mod postgresql;
mod redact;
mod run;
mod socket;
mod store;

pub use acts::{NewTestAccount, TestAccount};
pub use app::{Setup, TestApp};
pub use call::{Call, Reply};
pub use database::{Database, Engine};
pub use developer::{Answer, DeveloperServer, Received};
pub use platform;
pub use redact::redact;
pub use run::{BLOCKING, run, run_bare, run_empty};
pub use socket::Socket;

/// Tests that run on SQLite and on PostgreSQL: each becomes a module with a test for either.
///
/// The body gets a [`TestApp`]; when it ends, the test fails if a job that it caused is left
/// over. Nothing runs before the body: it starts with an account, and no people.
#[macro_export]
macro_rules! on_both {
    ($($(#[$attribute:meta])* async fn $name:ident($app:ident) $body:block)+) => {$(
        $crate::on_both_with! {
            $crate::Setup::default();
            $(#[$attribute])* async fn $name($app) $body
        }
    )+};
}

/// [`on_both!`] with a [`Setup`] of its own.
#[macro_export]
macro_rules! on_both_with {
    ($setup:expr; $($(#[$attribute:meta])* async fn $name:ident($app:ident) $body:block)+) => {$(
        $(#[$attribute])*
        fn $name(engine: $crate::Engine) {
            async fn body($app: $crate::TestApp) $body
            $crate::run(engine, $setup, body);
        }

        mod $name {
            #[test]
            fn sqlite() {
                super::$name($crate::Engine::Sqlite);
            }

            #[test]
            fn postgres() {
                super::$name($crate::Engine::Postgres);
            }
        }
    )+};
}
