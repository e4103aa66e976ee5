//! What is said to people and developers when a request is refused: one catalogue.

use std::borrow::Cow;

use crate::language::Language;
use crate::problem::Problem;

/// The sentence for a problem.
pub(crate) fn of(problem: &Problem, language: Language) -> String {
    match language {
        Language::Chinese => chinese(problem),
        Language::English => english(problem),
    }
    .into_owned()
}

fn chinese(problem: &Problem) -> Cow<'static, str> {
    match problem {
        Problem::Malformed(what) => format!("请求的格式不对：{what}。").into(),
        Problem::UnknownField(name) => format!("没有“{name}”这个字段，看看是不是拼错了。").into(),
        Problem::PageSize { most } => format!("limit 应在 1 到 {most} 之间。").into(),
        Problem::Cursor => "这个位置标记无效，用 0 从头开始。".into(),
        Problem::CursorGone => "数据已经重置，用 0 从头开始。".into(),
        Problem::SignedOut => "还没有登录，登录后再试。".into(),
        Problem::NoKey => "沙盒密钥缺失或不正确，把它放在 Authorization: Bearer 后面。".into(),
        Problem::Foreign => "只接受本站页面发出的请求。".into(),
        Problem::DevOnly => "只有开发模式可以这样做。".into(),
        Problem::NoSignIn => "登录还没有开放，很快就来。".into(),
        Problem::NoPath => "没有这个地址。".into(),
        Problem::Method => "这个地址不支持这种请求方法。".into(),
        Problem::NotFound => "没有找到，可能已被删除。".into(),
        Problem::NoAccount => "没有这个 AppID 的公众号。".into(),
        Problem::NotFollowing => "还没有关注这个公众号，关注后再发。".into(),
        Problem::TooLarge { most } => format!("太大了，最多 {most}。").into(),
        Problem::TooLong { most_secs } => format!("录音太长，最多 {most_secs} 秒。").into(),
        Problem::ContentType(expected) => format!("请求体的类型应为 {expected}。").into(),
        Problem::FileType(expected) => format!("不支持这种文件，换成 {expected}。").into(),
        Problem::Nickname { most } => format!("昵称需要 1 到 {most} 个字。").into(),
        Problem::Sex => "性别只能是 0、1 或 2。".into(),
        Problem::FieldTooLong { field, most } => format!("“{field}”最多 {most} 个字。").into(),
        Problem::AccountName { most } => format!("公众号名称需要 1 到 {most} 个字。").into(),
        Problem::Text { most } => format!("内容不能为空，最多 {most} 个字。").into(),
        Problem::Key => "key 需要 1 到 64 个字符。".into(),
        Problem::Value { field, expected } => format!("“{field}”应为 {expected}。").into(),
        Problem::CallbackRejected(why) => {
            format!("服务器地址没有通过验证：{why}。公众号没有改动。").into()
        }
        Problem::Backwards => "时钟不能往回拨；要从头再来，用 reset。".into(),
        Problem::TooMuchDue { most } => {
            format!("途中到期的事项超过 {most} 件，分几次拨动时钟。").into()
        }
        Problem::TooMany => "打开的页面太多，先关掉一些。".into(),
        Problem::NotBuilt => "这个功能还没有做好。".into(),
        Problem::Busy => "现在太忙，过一会儿再试。".into(),
        Problem::Internal(_) => "出了点问题，过一会儿再试。".into(),
    }
}

fn english(problem: &Problem) -> Cow<'static, str> {
    match problem {
        Problem::Malformed(what) => format!("The request is malformed: {what}.").into(),
        Problem::UnknownField(name) => {
            format!("There is no field \"{name}\" here; check the spelling.").into()
        }
        Problem::PageSize { most } => format!("limit must be between 1 and {most}.").into(),
        Problem::Cursor => "This cursor is not valid; begin at 0.".into(),
        Problem::CursorGone => "The data was reset; begin at 0.".into(),
        Problem::SignedOut => "Sign in first.".into(),
        Problem::NoKey => {
            "The sandbox key is missing or wrong; send it as Authorization: Bearer KEY.".into()
        }
        Problem::Foreign => "Only pages of this site may send requests.".into(),
        Problem::DevOnly => "Only a development instance does this.".into(),
        Problem::NoSignIn => "Signing in is not available yet.".into(),
        Problem::NoPath => "There is no such address.".into(),
        Problem::Method => "This address does not take that method.".into(),
        Problem::NotFound => "Not found; it may have been removed.".into(),
        Problem::NoAccount => "No account has this AppID.".into(),
        Problem::NotFollowing => "Follow this account first.".into(),
        Problem::TooLarge { most } => format!("Too large; {most} is the most.").into(),
        Problem::TooLong { most_secs } => {
            format!("The recording is too long; {most_secs} seconds is the most.").into()
        }
        Problem::ContentType(expected) => format!("The body must be {expected}.").into(),
        Problem::FileType(expected) => {
            format!("Files of this type cannot be sent; use {expected}.").into()
        }
        Problem::Nickname { most } => format!("A nickname has 1 to {most} characters.").into(),
        Problem::Sex => "sex must be 0, 1 or 2.".into(),
        Problem::FieldTooLong { field, most } => {
            format!("\"{field}\" takes {most} characters at the most.").into()
        }
        Problem::AccountName { most } => {
            format!("An account's name has 1 to {most} characters.").into()
        }
        Problem::Text { most } => {
            format!("The text may not be blank, and has {most} characters at the most.").into()
        }
        Problem::Key => "key has 1 to 64 characters.".into(),
        Problem::Value { field, expected } => format!("\"{field}\" must be {expected}.").into(),
        Problem::CallbackRejected(why) => {
            format!("The callback URL was not verified: {why}. Nothing was changed.").into()
        }
        Problem::Backwards => "The clock does not go backwards; to begin again, use reset.".into(),
        Problem::TooMuchDue { most } => {
            format!("More than {most} items fall due on the way; move the clock in steps.").into()
        }
        Problem::TooMany => "Too many pages are open; close some first.".into(),
        Problem::NotBuilt => "This is not built yet.".into(),
        Problem::Busy => "Too much is going on; try again in a moment.".into(),
        Problem::Internal(_) => "Something went wrong; try again in a moment.".into(),
    }
}
