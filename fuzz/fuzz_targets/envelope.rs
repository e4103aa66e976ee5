//! Any text as a ciphertext, and any message there and back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wire::envelope::{decrypt, encrypt};
use wire::ids::{AppId, EncodingAesKey};

fuzz_target!(|bytes: &[u8]| {
    let key = EncodingAesKey::parse("MDEyMzQ1Njc4OWFiY2RlZkZFRENCQTk4NzY1NDMyMTA").expect("a key");
    let app_id = AppId::parse("wx0a1b2c3d4e5f6071").expect("an appid");
    if let Ok(text) = str::from_utf8(bytes) {
        let _ = decrypt(&key, &app_id, text);
    }
    let encrypted = encrypt(&key, &app_id, bytes, *b"abcdEFGH12345678");
    assert_eq!(decrypt(&key, &app_id, &encrypted).as_deref(), Ok(bytes));
});
