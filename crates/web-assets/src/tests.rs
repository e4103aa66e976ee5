//! These hold for the built client and for the placeholder alike.

use super::*;

#[test]
fn the_page_is_there_and_is_asked_for_anew() {
    let page = index("");
    assert_eq!(page.content_type, "text/html; charset=utf-8");
    assert!(!page.immutable);
    assert_eq!(page.encoding, None);
    let text = std::str::from_utf8(&page.bytes).unwrap();
    assert!(text.starts_with("<!doctype html>"), "{text}");
}

#[test]
fn the_first_slash_makes_no_difference() {
    assert_eq!(get("/index.html", ""), get("index.html", ""));
}

#[test]
fn what_is_not_there_is_none() {
    assert_eq!(get("/assets/nothing.js", "br"), None);
    assert_eq!(get("../Cargo.toml", ""), None);
    assert_eq!(get("", ""), None);
}

#[test]
fn every_file_has_a_type_and_is_immutable_only_with_a_hash_in_its_name() {
    for path in Files::iter().filter(|path| Encoding::of_file(path).is_none()) {
        let asset = get(&path, "").unwrap();
        assert_ne!(asset.content_type, "application/octet-stream", "{path}");
        assert_eq!(asset.immutable, path.starts_with("assets/"), "{path}");
    }
}

#[test]
fn compressed_forms_are_chosen_smaller_and_have_their_own_etag() {
    for path in Files::iter().filter(|path| Encoding::of_file(path) == Some(Encoding::Brotli)) {
        let path = path.strip_suffix(".br").unwrap();
        let (plain, gzip, brotli) =
            (get(path, "").unwrap(), get(path, "gzip").unwrap(), get(path, "br, gzip").unwrap());
        assert_eq!(gzip.encoding, Some("gzip"), "{path}");
        assert_eq!(brotli.encoding, Some("br"), "{path}");
        assert!(brotli.bytes.len() < plain.bytes.len(), "{path}");
        assert!(brotli.etag != plain.etag && gzip.etag != plain.etag, "{path}");
        assert_eq!(brotli.content_type, plain.content_type, "{path}");
    }
}

#[test]
fn a_compressed_twin_is_not_a_file_of_its_own() {
    for path in Files::iter().filter(|path| Encoding::of_file(path).is_some()) {
        assert_eq!(get(&path, ""), None, "{path}");
    }
}

#[test]
fn an_etag_is_quoted_hexadecimal() {
    assert_eq!(etag(&[0xab; 32]), format!("\"{}\"", "ab".repeat(16)));
}
