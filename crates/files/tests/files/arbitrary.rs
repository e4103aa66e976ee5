//! Bytes that anybody may have sent never panic, and never take long.

use files::{image_size, sniff, thumbnail, video_millis, voice_millis};
use image::ImageFormat;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::sample;

fn look_at(bytes: &[u8]) {
    let kind = sniff(bytes);
    assert_eq!(image_size(bytes).is_some(), kind.is_some_and(files::Type::is_picture));
    assert!(voice_millis(bytes).is_none() || kind.is_some_and(files::Type::is_voice));
    assert!(video_millis(bytes).is_none() || kind == Some(files::Type::Mp4));
    // Small enough to decode in a test, whatever the header has come to state.
    if image_size(bytes).is_none_or(|(width, height)| width < 2000 && height < 2000) {
        drop(thumbnail(bytes, 16));
    }
}

fn genuine() -> Vec<Vec<u8>> {
    let picture = |format| sample::encoded(&sample::picture(20, 10), format);
    vec![
        picture(ImageFormat::Jpeg),
        picture(ImageFormat::Png),
        picture(ImageFormat::Gif),
        picture(ImageFormat::Bmp),
        picture(ImageFormat::WebP),
        sample::amr(4),
        sample::amr_wide(4),
        [sample::id3(20), sample::mp3(4)].concat(),
        sample::speex(3200),
        sample::mp4(1000, 5000),
    ]
}

proptest! {
    #[test]
    fn any_bytes_are_looked_at(bytes in vec(any::<u8>(), 0..2000)) {
        look_at(&bytes);
    }

    #[test]
    fn any_bytes_behind_a_magic_number_are_looked_at(
        magic in select(vec![
            &b"\xff\xd8\xff"[..], b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", b"GIF89a", b"BM",
            b"RIFF\0\0\0\0WEBPVP8 ", b"RIFF\0\0\0\0WEBPVP8L", b"RIFF\0\0\0\0WEBPVP8X",
            b"#!AMR\n", b"#!AMR-WB\n", b"ID3\x04\0\0", b"\xff\xfb", b"OggS\0",
            b"\0\0\0\x10ftypisom\0\0\0\0",
        ]),
        bytes in vec(any::<u8>(), 0..500),
    ) {
        look_at(&[magic, &bytes].concat());
    }

    #[test]
    fn genuine_files_with_damage_are_looked_at(
        file in select(genuine()),
        damage in vec((any::<Index>(), any::<u8>()), 0..8),
        cut in any::<Index>(),
    ) {
        let mut bytes = file;
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        look_at(&bytes);
        look_at(&bytes[..cut.index(bytes.len())]);
    }
}

/// Ten megabytes that restart the search at each byte are walked once, not once a byte.
#[test]
fn hostile_files_of_full_size_are_walked_in_linear_time() {
    let size = 10 * 1024 * 1024;
    let started = std::time::Instant::now();
    look_at(&[sample::mp3(2), vec![0xff; size]].concat());
    look_at(&[sample::mp3(2), [0xff, 0xfb, 0x90, 0].repeat(size / 4)].concat());
    look_at(&[b"\xff\xd8".to_vec(), vec![0xff; size]].concat());
    look_at(&b"ID3\x04\0\0\0\0\0\0".repeat(size / 10));
    look_at(&[sample::ftyp(*b"isom"), sample::mp4_box(*b"free", b"").repeat(size / 8)].concat());
    look_at(&[b"#!AMR\n".to_vec(), vec![0x7c; size]].concat());
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
