//! Automatic replies (自动回复): accounts without a server answer by their rules.

pub(crate) mod store;

use db::{Error, Tx};

use crate::accounts::Account;
use crate::conversations::content::Content;
use crate::conversations::{self, NewMessage, Origin};
use crate::followers::Follower;
use crate::ids::AccountId;

/// The default reply is given to one person at most once in so many seconds (spec engagement 2.2).
const DEFAULT_REPLY_SECS: i64 = 3_600;
/// Rules of one account (spec engagement 2.2).
pub const MAX_RULES: i64 = 200;
/// Characters in a keyword (spec engagement 2.2).
pub const MAX_KEYWORD: usize = 30;

/// What a reply is given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion<'a> {
    /// Somebody begins to follow.
    Follow,
    /// Somebody writes; the text, if it is one.
    Message(Option<&'a str>),
}

/// When a rule applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trigger {
    /// On follow.
    Follow,
    /// The text is the keyword.
    Equal(String),
    /// The text holds the keyword.
    Contain(String),
    /// Nothing else applied.
    Default,
}

/// A rule: when, and what is said.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// When it applies.
    pub trigger: Trigger,
    /// What is said.
    pub reply: Content,
}

/// Why a rule is not kept.
#[derive(Debug, thiserror::Error)]
pub enum InvalidRule {
    /// The keyword is empty or too long.
    #[error("a keyword must have 1 to {MAX_KEYWORD} characters")]
    Keyword,
    /// The reply says nothing.
    #[error("the reply is empty")]
    EmptyReply,
    /// The account has as many rules as it may.
    #[error("an account has at most {MAX_RULES} rules")]
    TooMany,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] Error),
}

/// Adds a rule behind the present ones; the first one that applies answers.
pub fn add_rule(tx: &mut Tx<'_>, account: AccountId, rule: &Rule) -> Result<(), InvalidRule> {
    if let Trigger::Equal(keyword) | Trigger::Contain(keyword) = &rule.trigger
        && !(1..=MAX_KEYWORD).contains(&keyword.chars().count())
    {
        return Err(InvalidRule::Keyword);
    }
    let empty = match &rule.reply {
        Content::Text { content, .. } => content.is_empty(),
        Content::News { articles } => articles.is_empty(),
        _ => false,
    };
    if empty {
        return Err(InvalidRule::EmptyReply);
    }
    if !store::insert(tx, account, rule, MAX_RULES)? {
        return Err(InvalidRule::TooMany);
    }
    Ok(())
}

/// Answers by the account's rules, if one applies.
pub(crate) fn answer(
    tx: &mut Tx<'_>,
    account: &Account,
    follower: &Follower,
    occasion: Occasion<'_>,
) -> Result<(), Error> {
    let rules = store::list(tx, account.id, MAX_RULES)?;
    let Some(rule) = choose(&rules, occasion) else { return Ok(()) };
    if rule.trigger == Trigger::Default {
        let since = tx.now().plus_secs(-DEFAULT_REPLY_SECS);
        if !conversations::store::take_default_reply(tx, account.id, follower.no, since)? {
            return Ok(());
        }
    }
    let new = NewMessage {
        follower,
        origin: Origin::Account,
        content: &rule.reply,
        msg_id: 0,
        send_key: None,
        opens: None,
    };
    conversations::append(tx, &new).map(|_| ())
}

/// The first keyword rule that applies, else the default one. Case does not matter.
fn choose<'a>(rules: &'a [Rule], occasion: Occasion<'_>) -> Option<&'a Rule> {
    let find = |applies: &dyn Fn(&Trigger) -> bool| rules.iter().find(|r| applies(&r.trigger));
    let text = match occasion {
        Occasion::Follow => return find(&|trigger| *trigger == Trigger::Follow),
        Occasion::Message(text) => text.map(str::to_lowercase),
    };
    let by_keyword = text.and_then(|text| {
        find(&|trigger| match trigger {
            Trigger::Equal(keyword) => text.trim() == keyword.to_lowercase(),
            Trigger::Contain(keyword) => text.contains(&keyword.to_lowercase()),
            Trigger::Follow | Trigger::Default => false,
        })
    });
    by_keyword.or_else(|| find(&|trigger| *trigger == Trigger::Default))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Vec<Rule> {
        let text = |text: &str| Content::Text { content: text.to_owned(), menu_item: None };
        let rule = |trigger, says: &str| Rule { trigger, reply: text(says) };
        vec![
            rule(Trigger::Default, "default"),
            rule(Trigger::Follow, "hello"),
            rule(Trigger::Equal("茶".to_owned()), "equal"),
            rule(Trigger::Contain("Menu".to_owned()), "contain"),
        ]
    }

    fn said(occasion: Occasion<'_>) -> String {
        let rules = rules();
        match choose(&rules, occasion).map(|rule| &rule.reply) {
            Some(Content::Text { content, .. }) => content.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_keyword_goes_before_the_default() {
        assert_eq!(said(Occasion::Follow), "hello");
        assert_eq!(said(Occasion::Message(Some(" 茶 "))), "equal");
        assert_eq!(said(Occasion::Message(Some("喝茶"))), "default");
        assert_eq!(said(Occasion::Message(Some("the MENU, please"))), "contain");
        assert_eq!(said(Occasion::Message(None)), "default");
    }
}
