//! The error envelope: a code, a text, and at the text's end the request id.

use std::net::IpAddr;

use super::ErrCode;
use crate::ids::Rid;

/// Which surface answers: they join text and request id differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// `/cgi-bin` and everything else: with a blank.
    Cgi,
    /// `/sns`: with a comma and a blank.
    Sns,
}

/// What `/cgi-bin` adds to the text of 40001, and its token endpoint to that of 45009.
const TOKEN_HINT: &str = ", could get access_token by getStableAccessToken, \
    more details at https://mmbizurl.cn/s/JtxxFh33r";

/// The body of a failed call, one line of JSON. `text` replaces the code's own text.
pub fn error_body(code: ErrCode, text: Option<&str>, rid: Rid, family: Family) -> String {
    let errmsg = serde_json::Value::String(error_text(code, text, rid, family));
    format!(r#"{{"errcode":{code},"errmsg":{errmsg}}}"#)
}

/// The `errmsg` of a failed call. `text` replaces the code's own text.
pub fn error_text(code: ErrCode, text: Option<&str>, rid: Rid, family: Family) -> String {
    let hint = match (code, text, family) {
        (ErrCode::INVALID_CREDENTIAL, None, Family::Cgi) => TOKEN_HINT,
        _ => "",
    };
    let text = text.or(code.text()).unwrap_or("system error");
    // Observed without a request id.
    if code == ErrCode::CLIENT_MSG_ID_EXISTS {
        return text.to_owned();
    }
    let separator = match family {
        Family::Cgi => " ",
        Family::Sns => ", ",
    };
    format!("{text}{hint}{separator}rid: {rid}")
}

/// The text of 40164, which names the caller's address. Programs match on its exact pattern.
pub fn not_in_whitelist(caller: IpAddr) -> String {
    let v6 = match caller {
        IpAddr::V4(v4) => v4.to_ipv6_mapped(),
        IpAddr::V6(v6) => v6,
    };
    let shown = v6.to_ipv4_mapped().map_or(caller, IpAddr::V4);
    format!("invalid ip {shown} ipv6 {v6}, not in whitelist")
}

/// The text of 45009 on the token endpoint.
pub fn token_quota_reached() -> String {
    let text = ErrCode::DAILY_QUOTA_REACHED.text().expect("45009 is in the table");
    format!("{text}{TOKEN_HINT}")
}
