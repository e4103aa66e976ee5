//! The account's server: says what it hears, counts, and tells when it is in the middle of it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use testkit::{Answer, DeveloperServer};
use tokio::sync::watch;

/// A bot that repeats what people say.
pub(super) struct Bot {
    server: DeveloperServer,
    heard: Arc<Mutex<HashMap<String, u32>>>,
    pushed: watch::Sender<u64>,
}

impl Bot {
    pub(super) async fn start() -> Self {
        let heard: Arc<Mutex<HashMap<String, u32>>> = Arc::default();
        let pushed = watch::Sender::new(0);
        let (count, tell) = (heard.clone(), pushed.clone());
        let server = DeveloperServer::responding(move |received| {
            let field = |name| received.element(name).unwrap_or_default();
            let text = field("Content").to_owned();
            if text.is_empty() {
                return Answer::text("success");
            }
            *count.lock().unwrap().entry(text.clone()).or_default() += 1;
            tell.send_modify(|count| *count += 1);
            let (person, account) = (field("FromUserName"), field("ToUserName"));
            Answer::text(&format!(
                "<xml><ToUserName><![CDATA[{person}]]></ToUserName>\
                 <FromUserName><![CDATA[{account}]]></FromUserName><CreateTime>1</CreateTime>\
                 <MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{}]]></Content></xml>",
                reply_to(&text)
            ))
        })
        .await;
        Self { server, heard, pushed }
    }

    pub(super) fn url(&self) -> String {
        self.server.url()
    }

    /// Waits until so many more messages are pushed. At that moment the first transaction of the
    /// last one's delivery is done, and the second is not.
    pub(super) async fn wait_for_more(&self, more: u64) {
        let mut pushed = self.pushed.subscribe();
        let goal = *pushed.borrow() + more;
        pushed.wait_for(|count| *count >= goal).await.expect("the counter stays");
    }

    /// How often it heard a text.
    pub(super) fn times_heard(&self, text: &str) -> u32 {
        self.heard.lock().unwrap().get(text).copied().unwrap_or(0)
    }
}

/// What the bot answers.
pub(super) fn reply_to(text: &str) -> String {
    format!("re {text}")
}
