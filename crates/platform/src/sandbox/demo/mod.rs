//! The demo world: what a newcomer meets on the first start of `teahouse dev`.
//!
//! Its credentials are constants, so that the README's bots need nothing filled in. They open
//! nothing but a developer's own machine: only `dev` makes this world.

mod edge;

pub use edge::make;

use db::Tx;
use wire::callback::{Format, Mode};
use wire::ids::{AppId, AppSecret, EncodingAesKey, InvalidId, Token, Username};

use crate::accounts::settings::Callback;
use crate::accounts::{self, AccountKind, NewAccount, directory};
use crate::autoreply::{self, Rule, Trigger};
use crate::conversations::chats;
use crate::conversations::content::{Article, Content};
use crate::followers;
use crate::ids::{AccountId, PersonId, Seq};
use crate::keys::Keys;
use crate::messaging::{self, Inbound};
use crate::people::{self, Device, NewPerson};

/// An account of the demo world, as its owner knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoAccount {
    /// What people see.
    pub name: &'static str,
    /// One or two sentences.
    pub introduction: &'static str,
    /// The official id in the API.
    pub app_id: &'static str,
    /// The password towards the API.
    pub secret: &'static str,
    /// The official id in pushes.
    pub username: &'static str,
    /// Its server, if it has one.
    pub server: Option<DemoServer>,
}

/// The server of an account of the demo world: the bot that a newcomer starts. It is stored
/// without verification, since the bot is not there yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoServer {
    /// Where it listens.
    pub url: &'static str,
    /// Signs pushes.
    pub token: &'static str,
    /// Would encrypt them; the mode is plain.
    pub aes_key: &'static str,
}

/// A tea shop that answers by its rules.
pub const TEA_SHOP: DemoAccount = DemoAccount {
    name: "半山茶铺",
    introduction: "山腰上的一间老茶铺，三十一年只做一件事：把水烧好，慢慢等。",
    app_id: "wx7ea4c0de00000001",
    secret: "7ea4c0de7ea4c0de7ea4c0de00000001",
    username: "gh_7ea4c0de0001",
    server: None,
};

/// A library whose answers come from a bot on port 9000.
pub const LIBRARY: DemoAccount = DemoAccount {
    name: "云溪市图书馆",
    introduction: "查书、预约、续借，也聊聊最近读了什么。",
    app_id: "wx7ea4c0de00000002",
    secret: "7ea4c0de7ea4c0de7ea4c0de00000002",
    username: "gh_7ea4c0de0002",
    server: Some(DemoServer {
        url: "http://127.0.0.1:9000/wx",
        token: "teahousedemo",
        aes_key: "teahousedemoteahousedemoteahousedemo0000020",
    }),
};

/// Why the demo world could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An id among the constants has the wrong shape.
    #[error(transparent)]
    Id(#[from] InvalidId),
    /// An account was refused.
    #[error(transparent)]
    Account(#[from] accounts::Error),
    /// A person was refused.
    #[error(transparent)]
    Person(#[from] people::Error),
    /// A rule was refused.
    #[error(transparent)]
    Rule(#[from] autoreply::InvalidRule),
    /// Somebody could not follow.
    #[error(transparent)]
    Follower(#[from] followers::Error),
    /// A message was refused.
    #[error(transparent)]
    Message(#[from] messaging::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] db::Error),
}

fn populate(tx: &mut Tx<'_>, keys: &Keys) -> Result<bool, Error> {
    if !directory::list_newest(tx, None, 1)?.is_empty() {
        return Ok(false);
    }
    let shop = accounts::create(tx, keys, &TEA_SHOP.to_account()?)?.id;
    accounts::create(tx, keys, &LIBRARY.to_account()?)?;
    for rule in shop_rules() {
        autoreply::add_rule(tx, shop, &rule)?;
    }
    let lin_xia = person(tx, "林夏", 2, "zh_CN", "iPhone 17")?;
    person(tx, "陈默", 1, "zh_CN", "Mate 80")?;
    let mei = person(tx, "Mei", 2, "en", "Pixel 11")?;
    person(tx, "Alex", 1, "en", "Galaxy S27")?;
    visit(tx, keys, (shop, lin_xia), &["茶单", "周一开门吗", "时间"])?;
    chats::mark_read(tx, lin_xia, shop, Seq(i64::MAX))?;
    visit(tx, keys, (shop, mei), &["Hi, do you have white tea?"])?;
    Ok(true)
}

fn person(
    tx: &mut Tx<'_>,
    nickname: &str,
    sex: i64,
    language: &str,
    model: &str,
) -> Result<PersonId, Error> {
    let device = Device { model: model.to_owned(), ..Device::default() };
    let new = NewPerson {
        nickname: nickname.to_owned(),
        sex,
        language: language.to_owned(),
        country: "CN".to_owned(),
        city: "云溪".to_owned(),
        device,
        ..NewPerson::default()
    };
    Ok(people::create(tx, &new)?.id)
}

/// A person follows an account and says something; the account answers by its rules.
fn visit(
    tx: &mut Tx<'_>,
    keys: &Keys,
    who: (AccountId, PersonId),
    said: &[&str],
) -> Result<(), Error> {
    followers::subscribe(tx, keys, who, "ADD_SCENE_SEARCH", "")?;
    for text in said {
        messaging::receive(tx, who, &Inbound::Text((*text).to_owned()), None)?;
    }
    Ok(())
}

impl DemoAccount {
    fn to_account(self) -> Result<NewAccount, InvalidId> {
        let given = (
            AppId::parse(self.app_id)?,
            AppSecret::parse(self.secret)?,
            Username::parse(self.username)?,
        );
        Ok(NewAccount {
            kind: AccountKind::Service,
            verified: true,
            name: self.name.to_owned(),
            introduction: self.introduction.to_owned(),
            avatar_url: None,
            callback: self.server.map(DemoServer::to_callback).transpose()?,
            ip_whitelist: Vec::new(),
            format: Format::Xml,
            recognize_voice: false,
            report_location: false,
            given: Some(given),
        })
    }
}

impl DemoServer {
    fn to_callback(self) -> Result<Callback, InvalidId> {
        Ok(Callback {
            url: self.url.to_owned(),
            token: Token::parse(self.token)?,
            mode: Mode::Plain,
            aes_key: Some(EncodingAesKey::parse(self.aes_key)?),
        })
    }
}

fn shop_rules() -> Vec<Rule> {
    let says = |trigger, text: &str| Rule {
        trigger,
        reply: Content::Text { content: text.to_owned(), menu_item: None },
    };
    let equal = |keyword: &str| Trigger::Equal(keyword.to_owned());
    let contain = |keyword: &str| Trigger::Contain(keyword.to_owned());
    vec![
        says(
            Trigger::Follow,
            "你来啦，这里是半山茶铺。\n回复“茶单”看今天的茶，回复“时间”看几点开门，\
             回复“地址”就能找到我们。",
        ),
        Rule { trigger: equal("茶单"), reply: tea_list() },
        says(equal("时间"), "每天 9:30 到 21:00，周一歇一天。"),
        says(contain("开门"), "周二到周日开门，9:30 到 21:00。周一歇一天，去收新茶。"),
        says(contain("地址"), "云溪市半山路 12 号。从山门往上走两百步，闻到炭火味就到了。"),
        says(contain("white tea"), "Yes: silver needle and white peony, both from this spring."),
        says(Trigger::Default, "收到了，陆师傅忙完会看。\n想快一点，回复“茶单”“时间”或“地址”。"),
    ]
}

fn tea_list() -> Content {
    let article = Article {
        title: "今天的茶单：白毫银针到了".to_owned(),
        description: "白毫银针、桂花乌龙、三年熟普，先煮水，后点单。".to_owned(),
        url: "https://zh.wikipedia.org/wiki/%E7%99%BD%E8%8C%B6".to_owned(),
        picurl: String::new(),
    };
    Content::News { articles: vec![article] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_constants_have_their_official_shapes() {
        for account in [TEA_SHOP, LIBRARY] {
            let new = account.to_account().expect("ids of the right shape");
            assert!(new.introduction.chars().count() <= accounts::MAX_INTRODUCTION);
        }
    }
}
