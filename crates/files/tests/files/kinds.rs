//! Types are decided by content.

use files::{Type, sniff};
use image::ImageFormat;

use crate::sample;

fn samples() -> Vec<(Type, Vec<u8>)> {
    let picture = |format| sample::encoded(&sample::picture(40, 30), format);
    vec![
        (Type::Jpeg, picture(ImageFormat::Jpeg)),
        (Type::Png, picture(ImageFormat::Png)),
        (Type::Gif, picture(ImageFormat::Gif)),
        (Type::Bmp, picture(ImageFormat::Bmp)),
        (Type::Webp, picture(ImageFormat::WebP)),
        (Type::Amr, sample::amr(3)),
        (Type::AmrWide, sample::amr_wide(3)),
        (Type::Mp3, sample::mp3(3)),
        (Type::Speex, sample::speex(16_000)),
        (Type::Mp4, sample::mp4(1000, 5000)),
    ]
}

#[test]
fn each_type_is_told_by_its_content() {
    for (kind, bytes) in samples() {
        assert_eq!(sniff(&bytes), Some(kind));
    }
}

#[test]
fn a_magic_number_alone_is_no_file() {
    for (kind, bytes) in samples() {
        // No more bytes than the longest magic number, and then nonsense.
        for kept in 0..9 {
            let mut cut = bytes[..kept].to_vec();
            assert_eq!(sniff(&cut), None, "{kind:?} cut at {kept}");
            cut.resize(200, 0xff);
            assert_eq!(sniff(&cut), None, "{kind:?} nonsense after {kept}");
        }
    }
}

#[test]
fn other_files_have_no_type() {
    let others: [&[u8]; 14] = [
        b"",
        b"hello",
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        b"GIF89a<script>alert(1)</script>",
        b"%PDF-1.7\n",
        b"PK\x03\x04\x14\0\0\0",
        b"MZ\x90\0\x03\0\0\0",
        b"\x7fELF\x02\x01\x01\0",
        b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0",
        b"OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x1e\x01vorbis\0\0\0\0",
        b"fLaC\0\0\0\x22",
        b"\xff\xf1\x50\x80\x00\x1f\xfc\xff\xf1\x50\x80\x00\x1f\xfc", // AAC
        b"\xff\xfe<\0x\0m\0l\0>\0",                                  // UTF-16 text
    ];
    for bytes in others {
        assert_eq!(sniff(bytes), None, "{}", bytes.escape_ascii());
    }
}

#[test]
fn relatives_of_mp4_are_not_mp4() {
    for brand in [b"heic", b"avif", b"mif1", b"qt  ", b"M4A "] {
        let file = [sample::ftyp(*brand), sample::mp4_box(*b"mdat", &[1; 20])].concat();
        assert_eq!(sniff(&file), None, "{}", brand.escape_ascii());
    }
    for brand in [b"isom", b"mp42", b"mp41", b"avc1", b"iso5", b"3gp5", b"M4V "] {
        assert_eq!(sniff(&sample::ftyp(*brand)), Some(Type::Mp4), "{}", brand.escape_ascii());
    }
}

#[test]
fn an_mp3_frame_must_be_followed_by_its_like() {
    let frame = sample::mp3_frame();
    assert_eq!(sniff(&[&frame[..], b"something else"].concat()), None);
    let mut other_rate = frame.clone();
    other_rate[2] = 0x94; // 48 kHz
    assert_eq!(sniff(&[&frame[..], &other_rate, b"tail"].concat()), None);
    assert_eq!(sniff(&[&frame[..], &frame, b"tail"].concat()), Some(Type::Mp3));
    assert_eq!(sniff(&[b"x", &frame[..], &frame].concat()), None, "a byte in front");
}

#[test]
fn an_mp3_may_follow_tags_and_padding() {
    let tagged = [sample::id3(50), sample::id3(20), vec![0; 1000], sample::mp3(2)].concat();
    assert_eq!(sniff(&tagged), Some(Type::Mp3));
    assert_eq!(sniff(&[sample::id3(50), vec![0; 1000]].concat()), None, "a tag alone");
}

#[test]
fn names_of_types_are_those_of_the_platform() {
    let names: Vec<_> = samples().iter().map(|(kind, _)| (kind.mime(), kind.extension())).collect();
    let expected = [
        ("image/jpeg", "jpg"),
        ("image/png", "png"),
        ("image/gif", "gif"),
        ("image/bmp", "bmp"),
        ("image/webp", "webp"),
        ("audio/amr", "amr"),
        ("audio/amr-wb", "awb"),
        ("audio/mpeg", "mp3"),
        ("voice/speex", "speex"),
        ("video/mp4", "mp4"),
    ];
    assert_eq!(names, expected);
    let kinds = || samples().into_iter().map(|(kind, _)| kind);
    assert_eq!(kinds().filter(|kind| kind.is_picture()).count(), 5);
    assert_eq!(kinds().filter(|kind| kind.is_voice()).count(), 4);
}
