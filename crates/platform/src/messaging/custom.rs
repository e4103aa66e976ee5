//! Customer-service messages (客服消息): what an account sends to one person, within the grants that
//! he opened (`/cgi-bin/message/custom/send`).

use db::Tx;

use super::Error;
use crate::conversations::content::Content;
use crate::conversations::grants::NoGrant;
use crate::conversations::{self, Message, NewMessage, Origin};
use crate::followers::{self, Follower};
use crate::ids::AccountId;

/// Bytes in a text (spec engagement 3.1).
pub const MAX_TEXT_BYTES: usize = 2_048;
/// Articles in a news card since October 2018 (spec engagement 3.1).
pub const MAX_ARTICLES: usize = 1;
/// Items in a menu message; the official number is not public. (choice)
pub const MAX_MENU_ITEMS: usize = 50;
/// Bytes in an item of a menu message; the official number is not public. (choice)
pub const MAX_MENU_ITEM_BYTES: usize = 512;

/// Sends a message. The media in it are the account's own.
pub fn send(
    tx: &mut Tx<'_>,
    account: AccountId,
    openid: &str,
    content: &Content,
) -> Result<Message, Error> {
    let follower = find_receiver(tx, account, openid)?;
    check(content)?;
    spend_grant(tx, &follower)?;
    let new = NewMessage {
        follower: &follower,
        origin: Origin::Account,
        content,
        msg_id: 0,
        send_key: None,
        opens: None,
    };
    Ok(conversations::append(tx, &new)?)
}

/// The follower with this OpenID, whether or not he still follows.
pub(super) fn find_receiver(
    tx: &mut Tx<'_>,
    account: AccountId,
    openid: &str,
) -> Result<Follower, Error> {
    let openid = openid.parse().map_err(|_| Error::InvalidOpenId)?;
    followers::find_by_openid(tx, account, &openid)?.ok_or(Error::InvalidOpenId)
}

fn spend_grant(tx: &mut Tx<'_>, follower: &Follower) -> Result<(), Error> {
    let (account, no) = (follower.account, follower.no);
    let now = tx.now();
    let mut grants = conversations::store::lock_grants(tx, account, no)?.ok_or(Error::Closed)?;
    grants.spend(now).map_err(|refused| match refused {
        NoGrant::Closed => Error::Closed,
        NoGrant::UsedUp => Error::UsedUp,
    })?;
    Ok(conversations::store::update_grants(tx, account, no, &grants)?)
}

fn check(content: &Content) -> Result<(), Error> {
    match content {
        Content::Text { content, .. } if content.is_empty() => Err(Error::EmptyContent),
        Content::Text { content, .. } if content.len() > MAX_TEXT_BYTES => Err(Error::TextTooLong),
        Content::News { articles } if articles.is_empty() => Err(Error::EmptyNews),
        Content::News { articles } if articles.len() > MAX_ARTICLES => Err(Error::TooManyArticles),
        Content::MsgMenu { list, .. } if !(1..=MAX_MENU_ITEMS).contains(&list.len()) => {
            Err(Error::InvalidMenu)
        }
        Content::MsgMenu { list, .. } => {
            let fits = |bytes: usize| (1..=MAX_MENU_ITEM_BYTES).contains(&bytes);
            let fit = list.iter().all(|item| fits(item.content.len()));
            if fit { Ok(()) } else { Err(Error::InvalidMenuItem) }
        }
        _ => Ok(()),
    }
}
