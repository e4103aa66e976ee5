//! All SQL of the accounts.

use db::{Error, Timestamp, Tx, params};
use wire::callback::{Format, Mode};
use wire::ids::{AppId, Username};

use super::{Account, AccountKind};
use crate::ids::AccountId;

db::row! {
    struct AccountRow {
        account_id: AccountId,
        appid: String,
        username: String,
        kind: String,
        verified: bool,
        name: String,
        introduction: String,
        avatar_url: Option<String>,
        secret_hash: Vec<u8>,
        secret_frozen: bool,
        ip_whitelist: String,
        token_sealed: Vec<u8>,
        aes_key_sealed: Vec<u8>,
        mode: String,
        format: String,
        callback_url: Option<String>,
        recognize_voice: bool,
        report_location: bool,
        failed_pushes: i64,
        suspended_until: Timestamp,
        created_at: Timestamp,
    }
}

pub(crate) fn find(tx: &mut Tx<'_>, id: AccountId) -> Result<Option<Account>, Error> {
    let row: Option<AccountRow> = tx.optional(
        "select account_id, appid, username, kind, verified, name, introduction, avatar_url, \
         secret_hash, secret_frozen, ip_whitelist, token_sealed, aes_key_sealed, mode, format, \
         callback_url, recognize_voice, report_location, failed_pushes, suspended_until, \
         created_at from account where account_id = $1",
        params![id],
    )?;
    row.map(AccountRow::into_account).transpose()
}

impl AccountRow {
    fn into_account(self) -> Result<Account, Error> {
        let broken = |what: &str| Error::Corrupt(format!("account {}: {what}", self.account_id));
        Ok(Account {
            app_id: AppId::parse(&self.appid).map_err(|_| broken("appid"))?,
            username: Username::parse(&self.username).map_err(|_| broken("username"))?,
            kind: AccountKind::parse(&self.kind).ok_or_else(|| broken("kind"))?,
            ip_whitelist: serde_json::from_str(&self.ip_whitelist)
                .map_err(|_| broken("ip_whitelist"))?,
            mode: parse_mode(&self.mode).ok_or_else(|| broken("mode"))?,
            format: parse_format(&self.format).ok_or_else(|| broken("format"))?,
            id: self.account_id,
            verified: self.verified,
            name: self.name,
            introduction: self.introduction,
            avatar_url: self.avatar_url,
            secret_frozen: self.secret_frozen,
            callback_url: self.callback_url,
            recognize_voice: self.recognize_voice,
            report_location: self.report_location,
            failed_pushes: self.failed_pushes,
            suspended_until: self.suspended_until,
            created_at: self.created_at,
            secret_hash: self.secret_hash,
            token_sealed: self.token_sealed,
            aes_key_sealed: self.aes_key_sealed,
        })
    }
}

/// Inserts the row of a new account.
pub(crate) fn insert(tx: &mut Tx<'_>, account: &Account) -> Result<(), Error> {
    let whitelist = to_json(&account.ip_whitelist);
    tx.execute(
        "insert into account (account_id, appid, username, kind, verified, name, introduction, \
         avatar_url, secret_hash, secret_frozen, ip_whitelist, token_sealed, aes_key_sealed, \
         mode, format, callback_url, recognize_voice, report_location, failed_pushes, \
         suspended_until, next_follower, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, \
         $10, $11, $12, $13, $14, $15, $16, $17, $18, 0, 0, 0, $19)",
        params![
            account.id,
            account.app_id.as_str(),
            account.username.as_str(),
            account.kind.as_str(),
            account.verified,
            account.name.as_str(),
            account.introduction.as_str(),
            account.avatar_url.clone(),
            account.secret_hash.as_slice(),
            account.secret_frozen,
            whitelist,
            account.token_sealed.as_slice(),
            account.aes_key_sealed.as_slice(),
            mode_word(account.mode),
            format_word(account.format),
            account.callback_url.clone(),
            account.recognize_voice,
            account.report_location,
            account.created_at
        ],
    )?;
    Ok(())
}

/// Writes what the owner sets for pushes; failures counted for the former URL are forgotten.
pub(crate) fn update_callback(tx: &mut Tx<'_>, account: &Account) -> Result<(), Error> {
    tx.execute(
        "update account set callback_url = $2, mode = $3, format = $4, token_sealed = $5, \
         aes_key_sealed = $6, failed_pushes = 0, suspended_until = 0 where account_id = $1",
        params![
            account.id,
            account.callback_url.clone(),
            mode_word(account.mode),
            format_word(account.format),
            account.token_sealed.as_slice(),
            account.aes_key_sealed.as_slice()
        ],
    )?;
    Ok(())
}

pub(crate) fn update_whitelist(tx: &mut Tx<'_>, account: &Account) -> Result<(), Error> {
    tx.execute(
        "update account set ip_whitelist = $2 where account_id = $1",
        params![account.id, to_json(&account.ip_whitelist)],
    )?;
    Ok(())
}

pub(crate) fn update_secret(tx: &mut Tx<'_>, account: &Account) -> Result<(), Error> {
    tx.execute(
        "update account set secret_hash = $2, secret_frozen = $3 where account_id = $1",
        params![account.id, account.secret_hash.as_slice(), account.secret_frozen],
    )?;
    Ok(())
}

/// Counts a failed push; `Some`: how many in a row it is now.
pub(crate) fn count_failed_push(tx: &mut Tx<'_>, id: AccountId) -> Result<Option<i64>, Error> {
    let row: Option<(i64,)> = tx.optional(
        "update account set failed_pushes = failed_pushes + 1 where account_id = $1 \
         returning failed_pushes",
        params![id],
    )?;
    Ok(row.map(|(count,)| count))
}

/// Suspends pushes until an instant and begins to count anew.
pub(crate) fn suspend(tx: &mut Tx<'_>, id: AccountId, until: Timestamp) -> Result<(), Error> {
    tx.execute(
        "update account set failed_pushes = 0, suspended_until = $2 where account_id = $1",
        params![id, until],
    )?;
    Ok(())
}

/// Forgets failed pushes, if there are any. `true`: there were.
pub(crate) fn forget_failed_pushes(tx: &mut Tx<'_>, id: AccountId) -> Result<bool, Error> {
    let touched = tx.execute(
        "update account set failed_pushes = 0 where account_id = $1 and failed_pushes > 0",
        params![id],
    )?;
    Ok(touched == 1)
}

/// Takes the number of the account's next follower.
pub(crate) fn take_follower_no(tx: &mut Tx<'_>, id: AccountId) -> Result<Option<i64>, Error> {
    let row: Option<(i64,)> = tx.optional(
        "update account set next_follower = next_follower + 1 where account_id = $1 \
         returning next_follower - 1",
        params![id],
    )?;
    Ok(row.map(|(no,)| no))
}

// The directories: what an account is found by.

pub(crate) fn insert_directory(tx: &mut Tx<'_>, account: &Account) -> Result<bool, Error> {
    let appid = tx.execute(
        "insert into directory_appid (appid, account_id) values ($1, $2) \
         on conflict (appid) do nothing",
        params![account.app_id.as_str(), account.id],
    )?;
    let username = tx.execute(
        "insert into directory_username (username, account_id) values ($1, $2) \
         on conflict (username) do nothing",
        params![account.username.as_str(), account.id],
    )?;
    tx.execute(
        "insert into directory_account (account_id, name_folded) values ($1, $2)",
        params![account.id, account.name.to_lowercase()],
    )?;
    Ok(appid == 1 && username == 1)
}

pub(crate) fn remove(tx: &mut Tx<'_>, account: &Account) -> Result<(), Error> {
    tx.execute("delete from account where account_id = $1", params![account.id])?;
    tx.execute("delete from directory_appid where appid = $1", params![account.app_id.as_str()])?;
    tx.execute(
        "delete from directory_username where username = $1",
        params![account.username.as_str()],
    )?;
    tx.execute("delete from directory_account where account_id = $1", params![account.id])?;
    Ok(())
}

pub(crate) fn find_by_app_id(tx: &mut Tx<'_>, appid: &str) -> Result<Option<AccountId>, Error> {
    let row: Option<(AccountId,)> =
        tx.optional("select account_id from directory_appid where appid = $1", params![appid])?;
    Ok(row.map(|(id,)| id))
}

pub(crate) fn find_by_username(
    tx: &mut Tx<'_>,
    username: &str,
) -> Result<Option<AccountId>, Error> {
    let row: Option<(AccountId,)> = tx.optional(
        "select account_id from directory_username where username = $1",
        params![username],
    )?;
    Ok(row.map(|(id,)| id))
}

/// Accounts older than `before`, newest first.
pub(crate) fn list_newest(
    tx: &mut Tx<'_>,
    before: AccountId,
    limit: i64,
) -> Result<Vec<AccountId>, Error> {
    let rows: Vec<(AccountId,)> = tx.list(
        "select account_id from directory_account where account_id < $1 \
         order by account_id desc limit $2",
        params![before, limit],
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Accounts whose folded name is like `pattern`, oldest first, after an account.
pub(crate) fn search(
    tx: &mut Tx<'_>,
    pattern: &str,
    after: AccountId,
    limit: i64,
) -> Result<Vec<AccountId>, Error> {
    let rows: Vec<(AccountId,)> = tx.list(
        "select account_id from directory_account where account_id > $2 \
         and name_folded like $1 escape '\\' order by account_id limit $3",
        params![pattern, after, limit],
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

fn to_json(list: &[ipnet::IpNet]) -> String {
    serde_json::to_string(list).expect("networks are texts")
}

/// The word for a mode in our own API and in the store.
pub(crate) fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::Plain => "plain",
        Mode::Compatible => "compatible",
        Mode::Safe => "safe",
    }
}

pub(crate) fn parse_mode(word: &str) -> Option<Mode> {
    [Mode::Plain, Mode::Compatible, Mode::Safe].into_iter().find(|mode| mode_word(*mode) == word)
}

/// The word for a data format in our own API and in the store.
pub(crate) fn format_word(format: Format) -> &'static str {
    match format {
        Format::Xml => "xml",
        Format::Json => "json",
    }
}

pub(crate) fn parse_format(word: &str) -> Option<Format> {
    [Format::Xml, Format::Json].into_iter().find(|format| format_word(*format) == word)
}
