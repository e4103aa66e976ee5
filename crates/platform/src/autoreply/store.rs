//! All SQL of the automatic replies.

use db::{Error, Tx, params};

use super::{Rule, Trigger};
use crate::conversations::content::Content;
use crate::ids::AccountId;

type RuleRow = (String, String, String, String);

/// The account's rules in their order.
pub(super) fn list(tx: &mut Tx<'_>, account: AccountId, limit: i64) -> Result<Vec<Rule>, Error> {
    let rows: Vec<RuleRow> = tx.list(
        "select occasion, match_mode, keyword, reply from autoreply_rule \
         where account_id = $1 order by rule_no limit $2",
        params![account, limit],
    )?;
    rows.into_iter().map(into_rule).collect()
}

fn into_rule((occasion, match_mode, keyword, reply): RuleRow) -> Result<Rule, Error> {
    let broken = || Error::Corrupt(format!("automatic reply: {occasion} {match_mode}"));
    let reply: Content = serde_json::from_str(&reply).map_err(|_| broken())?;
    let trigger = match (occasion.as_str(), match_mode.as_str()) {
        ("follow", "") => Trigger::Follow,
        ("default", "") => Trigger::Default,
        ("keyword", "equal") => Trigger::Equal(keyword),
        ("keyword", "contain") => Trigger::Contain(keyword),
        _ => return Err(broken()),
    };
    Ok(Rule { trigger, reply })
}

/// Adds a rule behind the others; `false`: the account has as many as it may.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    account: AccountId,
    rule: &Rule,
    most: i64,
) -> Result<bool, Error> {
    let (occasion, match_mode, keyword) = match &rule.trigger {
        Trigger::Follow => ("follow", "", ""),
        Trigger::Default => ("default", "", ""),
        Trigger::Equal(keyword) => ("keyword", "equal", keyword.as_str()),
        Trigger::Contain(keyword) => ("keyword", "contain", keyword.as_str()),
    };
    let reply = serde_json::to_string(&rule.reply).expect("replies are plain data");
    let touched = tx.execute(
        "insert into autoreply_rule (account_id, rule_no, occasion, match_mode, keyword, reply) \
         select $1, count(*), $2, $3, $4, $5 from autoreply_rule where account_id = $1 \
         having count(*) < $6",
        params![account, occasion, match_mode, keyword, reply, most],
    )?;
    Ok(touched == 1)
}
