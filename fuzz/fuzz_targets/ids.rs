//! Any text as any identifier: it is kept as it is, or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wire::ids::{AppId, AppSecret, EncodingAesKey, MediaId, OpenId, Rid, Token, Username};

fuzz_target!(|text: &str| {
    let kept = [
        AppId::parse(text).ok().map(|id| id.to_string()),
        Username::parse(text).ok().map(|id| id.to_string()),
        OpenId::parse(text).ok().map(|id| id.to_string()),
        MediaId::parse(text).ok().map(|id| id.to_string()),
        Rid::parse(text).ok().map(|id| id.to_string()),
        AppSecret::parse(text).ok().map(|id| id.expose().to_owned()),
        Token::parse(text).ok().map(|id| id.expose().to_owned()),
        EncodingAesKey::parse(text).ok().map(|id| id.expose().to_owned()),
    ];
    for kept in kept.into_iter().flatten() {
        assert_eq!(kept, text);
    }
});
