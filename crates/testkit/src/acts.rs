//! What tests begin with: accounts and people, made in a line and past every surface.

use platform::Platform;
use platform::accounts::settings::Callback;
use platform::accounts::{AccountKind, Created, NewAccount, tokens};
use platform::followers;
use platform::ids::PersonId;
use platform::people::{self, NewPerson};
use wire::callback::{Format, Mode};
use wire::ids::{OpenId, Token};

use crate::app::TestApp;

/// An account as its owner knows it: ids and secrets.
pub type TestAccount = Created;

/// An account to be made; by default a verified service account without a server.
#[derive(Debug, Clone)]
pub struct NewTestAccount {
    /// Subscription or service account.
    pub kind: AccountKind,
    /// Verified.
    pub verified: bool,
    /// Its name.
    pub name: String,
    /// The address of its server; it is not verified.
    pub callback_url: Option<String>,
    /// How its pushes are encrypted.
    pub mode: Mode,
    /// XML or JSON.
    pub format: Format,
    /// Who may ask for tokens; empty is everybody.
    pub ip_whitelist: Vec<ipnet::IpNet>,
}

impl Default for NewTestAccount {
    fn default() -> Self {
        Self {
            kind: AccountKind::Service,
            verified: true,
            name: "半山茶铺".to_owned(),
            callback_url: None,
            mode: Mode::Plain,
            format: Format::Xml,
            ip_whitelist: Vec::new(),
        }
    }
}

impl NewTestAccount {
    /// The usual account with a server at this address.
    pub fn with_server(url: &str) -> Self {
        Self { callback_url: Some(url.to_owned()), ..Self::default() }
    }
}

impl TestApp {
    /// Makes a further account.
    pub async fn create_account(&self, new: NewTestAccount) -> TestAccount {
        create(&self.platform, new).await
    }

    /// Makes a person.
    pub async fn create_person(&self, nickname: &str) -> PersonId {
        let new = NewPerson { nickname: nickname.to_owned(), ..NewPerson::default() };
        let made = self.platform.db.write(move |tx| people::create(tx, &new)).await;
        made.expect("the person is as it should be").id
    }

    /// The person's id in our own API.
    pub fn public_id(&self, person: PersonId) -> String {
        self.platform.keys.ids().person(person)
    }

    /// Lets a person follow an account; answers his OpenID there. The push that it causes, if
    /// the account has a server, is over when this returns.
    pub async fn follow(&self, person: PersonId, account: &TestAccount) -> OpenId {
        let (keys, account) = (self.platform.keys.clone(), account.id);
        let followed = self.platform.db.write(move |tx| {
            followers::subscribe(tx, &keys, (account, person), "ADD_SCENE_SEARCH", "")
        });
        let outcome = followed.await.expect("both exist");
        self.drain().await;
        outcome.follower.openid
    }

    /// The access token of an account.
    pub async fn token_of(&self, account: &TestAccount) -> String {
        let (keys, account) = (self.platform.keys.clone(), account.id);
        let issued = self.platform.db.write(move |tx| tokens::issue_stable(tx, &keys, account));
        issued.await.expect("the account exists").token
    }
}

pub(crate) async fn create(platform: &Platform, new: NewTestAccount) -> TestAccount {
    let callback = new.callback_url.map(|url| Callback {
        url,
        token: Token::parse("teahousetest").expect("a token"),
        aes_key: None,
        mode: new.mode,
    });
    let new = NewAccount {
        kind: new.kind,
        verified: new.verified,
        name: new.name,
        introduction: String::new(),
        avatar_url: None,
        callback,
        ip_whitelist: new.ip_whitelist,
        format: new.format,
        recognize_voice: false,
        report_location: false,
        given: None,
    };
    let keys = platform.keys.clone();
    let made = platform.db.write(move |tx| platform::accounts::create(tx, &keys, &new)).await;
    made.expect("the account is as it should be")
}
