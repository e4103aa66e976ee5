//! Finding accounts by what people and programs know of them.

use db::{Error, Tx};

use super::{Account, store};
use crate::ids::AccountId;

/// The account with this AppID.
pub fn find_by_app_id(tx: &mut Tx<'_>, appid: &str) -> Result<Option<Account>, Error> {
    match store::find_by_app_id(tx, appid)? {
        Some(id) => store::find(tx, id),
        None => Ok(None),
    }
}

/// All accounts, newest first, those made before `before`.
pub fn list_newest(
    tx: &mut Tx<'_>,
    before: Option<AccountId>,
    limit: i64,
) -> Result<Vec<Account>, Error> {
    let ids = store::list_newest(tx, before.unwrap_or(AccountId(i64::MAX)), limit)?;
    load(tx, &ids)
}

/// Accounts whose name holds `query` (case does not matter), or the one with this original id;
/// oldest first, after an account.
pub fn search(
    tx: &mut Tx<'_>,
    query: &str,
    after: Option<AccountId>,
    limit: i64,
) -> Result<Vec<Account>, Error> {
    let after = after.unwrap_or(AccountId(0));
    if let Some(id) = store::find_by_username(tx, query)? {
        return if id > after { load(tx, &[id]) } else { Ok(Vec::new()) };
    }
    let ids = store::search(tx, &contains(&query.to_lowercase()), after, limit)?;
    load(tx, &ids)
}

fn load(tx: &mut Tx<'_>, ids: &[AccountId]) -> Result<Vec<Account>, Error> {
    let found = ids.iter().map(|&id| store::find(tx, id));
    Ok(found.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

/// The pattern of `like … escape '\'` for texts that hold `part`.
fn contains(part: &str) -> String {
    let mut pattern = String::with_capacity(part.len() + 2);
    pattern.push('%');
    for letter in part.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_in_a_query_are_letters() {
        assert_eq!(contains("50%_a\\b"), "%50\\%\\_a\\\\b%");
    }
}
