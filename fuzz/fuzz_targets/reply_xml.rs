//! Any answer to a push, where XML is set: it is read or refused, and no text is too long.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wire::callback::{Credentials, Format, Mode};
use wire::ids::{AppId, EncodingAesKey, OpenId, Token, Username};
use wire::reply::{Expected, MAX_TEXT_BYTES, Reply, parse};

fuzz_target!(|body: &[u8]| {
    let credentials = Credentials {
        token: Token::parse("officialtest2024").expect("a token"),
        aes_key: EncodingAesKey::parse("MDEyMzQ1Njc4OWFiY2RlZkZFRENCQTk4NzY1NDMyMTA")
            .expect("a key"),
        app_id: AppId::parse("wx0a1b2c3d4e5f6071").expect("an appid"),
    };
    let expected = Expected {
        open_id: OpenId::parse("oABCD0123456789abcdefghijklm").expect("an openid"),
        username: Username::parse("gh_0123456789ab").expect("an original id"),
    };
    for mode in [Mode::Plain, Mode::Safe] {
        match parse(body, Format::Xml, mode, &credentials, &expected) {
            Ok(Reply::Text { content }) => {
                assert!((1..=MAX_TEXT_BYTES).contains(&content.len()));
            }
            Ok(_) => {}
            Err(refused) => assert!(!refused.to_string().is_empty()),
        }
    }
});
