//! Identifiers have their official shapes, made or parsed.

use wire::ids::{
    AppId, AppSecret, EncodingAesKey, InvalidId, MediaId, OpenId, Rid, Token, Username,
};

#[test]
fn what_is_made_from_bytes_has_the_official_shape() {
    assert_eq!(AppId::from_bytes([0xab; 8]).as_str(), "wxabababababababab");
    assert_eq!(Username::from_bytes([0x0f; 6]).as_str(), "gh_0f0f0f0f0f0f");
    assert_eq!(OpenId::from_bytes([0; 5], [0; 15]).as_str(), "oAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    assert_eq!(MediaId::from_bytes([0xff; 48]).as_str(), "_".repeat(64));
    assert_eq!(AppSecret::from_bytes([0x10; 16]).expose(), "10".repeat(16));
    assert_eq!(Token::from_bytes([0x10; 16]).expose(), "10".repeat(16));
}

#[test]
fn what_is_made_from_bytes_can_be_parsed() {
    for byte in 0..=255 {
        let app_id = AppId::from_bytes([byte; 8]);
        assert_eq!(AppId::parse(app_id.as_str()), Ok(app_id));
        let username = Username::from_bytes([byte; 6]);
        assert_eq!(Username::parse(username.as_str()), Ok(username));
        let open_id = OpenId::from_bytes([byte; 5], [byte; 15]);
        assert_eq!(OpenId::parse(open_id.as_str()), Ok(open_id));
        let media_id = MediaId::from_bytes([byte; 48]);
        assert_eq!(media_id.to_bytes(), Some([byte; 48]));
        assert_eq!(MediaId::parse(media_id.as_str()), Ok(media_id));
        AppSecret::parse(AppSecret::from_bytes([byte; 16]).expose()).unwrap();
        Token::parse(Token::from_bytes([byte; 16]).expose()).unwrap();
        EncodingAesKey::parse(EncodingAesKey::from_bytes([byte; 43]).expose()).unwrap();
    }
}

#[test]
fn openids_of_one_account_begin_alike() {
    let account = [1, 2, 3, 4, 5];
    let first = OpenId::from_bytes(account, [7; 15]);
    let second = OpenId::from_bytes(account, [0xc3; 15]);
    assert_eq!(first.as_str()[..7], second.as_str()[..7]);
    assert_ne!(first, second);
}

#[test]
fn the_last_character_of_an_aes_key_has_no_unused_bits_set() {
    for byte in 0..=255 {
        let key = EncodingAesKey::from_bytes([byte; 43]);
        assert!("AEIMQUYcgkosw048".contains(&key.expose()[42..]), "{}", key.expose());
    }
}

#[test]
fn other_shapes_are_refused() {
    let refused = [
        AppId::parse("wx0a1b2c3d4e5f607").unwrap_err(),
        AppId::parse("WX0a1b2c3d4e5f6071").unwrap_err(),
        AppId::parse("wx0A1b2c3d4e5f6071").unwrap_err(),
    ];
    assert_eq!(refused, [InvalidId::AppId; 3]);
    for text in ["", "gh_", "gh_0123456789", "gh_0123456789abc", "gh_0123456789aG", "0123456789ab"]
    {
        assert_eq!(Username::parse(text), Err(InvalidId::Username), "{text}");
    }
    for text in [
        "",
        "oABCD0123456789abcdefghijkl",
        "xABCD0123456789abcdefghijklm",
        "o你好你好你好你好你好你好你好你好你好",
    ] {
        assert_eq!(OpenId::parse(text), Err(InvalidId::OpenId), "{text}");
    }
    for text in ["", "a b", "a/b", "média"] {
        assert_eq!(MediaId::parse(text), Err(InvalidId::MediaId), "{text}");
    }
    assert_eq!(MediaId::parse(&"a".repeat(129)), Err(InvalidId::MediaId));
    for text in ["ab", "a b", "a-b", "代币", &"a".repeat(33)] {
        assert_eq!(Token::parse(text).unwrap_err(), InvalidId::Token, "{text}");
    }
    for text in ["", &"A".repeat(42), &"A".repeat(44), &"+".repeat(43)] {
        assert_eq!(EncodingAesKey::parse(text).unwrap_err(), InvalidId::EncodingAesKey, "{text}");
    }
    for text in ["", &"0".repeat(31), &"A".repeat(32)] {
        assert_eq!(AppSecret::parse(text).unwrap_err(), InvalidId::AppSecret, "{text}");
    }
}

#[test]
fn original_ids_of_samples_have_eleven_digits() {
    assert_eq!(Username::parse("gh_870882ca4b1").unwrap().as_str(), "gh_870882ca4b1");
}

#[test]
fn a_rid_is_the_second_and_two_random_groups() {
    let rid = Rid::new(0x6aac_005a, 0x01bf_dbee, 0x7976_9285);
    assert_eq!(rid.to_string(), "6aac005a-01bfdbee-79769285");
    assert_eq!(Rid::parse("6aac005a-01bfdbee-79769285"), Ok(rid));
    assert_eq!(rid.unix_secs(), 0x6aac_005a);
}

#[test]
fn the_random_groups_of_a_rid_have_31_bits() {
    assert_eq!(Rid::new(0, u32::MAX, 1 << 31).to_string(), "00000000-7fffffff-00000000");
    assert_eq!(Rid::parse("00000000-80000000-00000000"), Err(InvalidId::Rid));
}

#[test]
fn other_rids_are_refused() {
    for text in [
        "",
        "--",
        "6aac005a-01bfdbee",
        "6aac005a-01bfdbee-79769285-00000000",
        "6AAC005A-01bfdbee-79769285",
        "6aac05a-01bfdbee-79769285",
        "+aac005a-01bfdbee-79769285",
        " 6aac005a-01bfdbee-79769285",
    ] {
        assert_eq!(Rid::parse(text), Err(InvalidId::Rid), "{text}");
    }
}

#[test]
fn secrets_do_not_show_themselves() {
    let token = Token::parse("officialtest2024").unwrap();
    let key = EncodingAesKey::from_bytes([9; 43]);
    let secret = AppSecret::from_bytes([9; 16]);
    let shown = format!("{token:?} {key:?} {secret:?}");
    for hidden in [token.expose(), key.expose(), secret.expose()] {
        assert!(!shown.contains(hidden), "{shown}");
    }
}
