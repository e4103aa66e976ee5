//! What may be uploaded as what: type and size by content (spec core 13.5, content 1.1 and 1.4).

use files::Type;

use super::{Error, MAX_VOICE_MILLIS, Measures, MediaKind};

const MIB: usize = 1024 * 1024;

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Checked {
    pub(super) kind: Type,
    pub(super) measures: Measures,
}

/// Judges a file by its bytes alone.
pub(super) fn check(kind: MediaKind, bytes: &[u8]) -> Result<Checked, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    if bytes.len() > max_bytes(kind) {
        return Err(Error::TooLarge(kind));
    }
    let found = files::sniff(bytes).filter(|found| allows(kind, *found));
    let found = found.ok_or(Error::WrongType(kind))?;
    let measures = measure(found, bytes);
    if kind == MediaKind::Voice && measures.millis.is_some_and(|millis| millis > MAX_VOICE_MILLIS) {
        return Err(Error::TooLong);
    }
    Ok(Checked { kind: found, measures })
}

/// The most bytes of a kind. Of two official figures the larger.
pub(super) fn max_bytes(kind: MediaKind) -> usize {
    match kind {
        MediaKind::Image | MediaKind::Video => 10 * MIB,
        MediaKind::Voice => 2 * MIB,
        MediaKind::Thumb => 64 * 1024,
        MediaKind::Picture => MIB,
    }
}

fn allows(kind: MediaKind, found: Type) -> bool {
    match kind {
        MediaKind::Image => matches!(found, Type::Jpeg | Type::Png | Type::Gif | Type::Bmp),
        // Speex is what the JS-SDK records; it comes from the client.
        MediaKind::Voice => matches!(found, Type::Amr | Type::Mp3 | Type::Speex),
        MediaKind::Video => found == Type::Mp4,
        MediaKind::Thumb => found == Type::Jpeg,
        MediaKind::Picture => matches!(found, Type::Jpeg | Type::Png),
    }
}

fn measure(kind: Type, bytes: &[u8]) -> Measures {
    let size = kind.is_picture().then(|| files::image_size(bytes)).flatten();
    let millis = match kind {
        Type::Mp4 => files::video_millis(bytes),
        kind if kind.is_voice() => files::voice_millis(bytes),
        _ => None,
    };
    Measures { size, millis }
}

#[cfg(test)]
mod tests {
    use super::super::thumb;
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_content() {
        let jpeg = thumb::neutral();
        let checked = check(MediaKind::Thumb, &jpeg).expect("a small picture is a cover");
        assert_eq!(checked.kind, Type::Jpeg);
        assert!(checked.measures.size.is_some());
        assert!(matches!(check(MediaKind::Video, &jpeg), Err(Error::WrongType(_))));
        assert!(matches!(check(MediaKind::Image, b"picture.jpg"), Err(Error::WrongType(_))));
        assert!(matches!(check(MediaKind::Image, b""), Err(Error::Empty)));
    }

    #[test]
    fn size_is_judged_before_type() {
        let large = vec![0; 64 * 1024 + 1];
        assert!(matches!(check(MediaKind::Thumb, &large), Err(Error::TooLarge(_))));
        assert!(matches!(check(MediaKind::Voice, &large), Err(Error::WrongType(_))));
    }

    #[test]
    fn a_recording_of_more_than_a_minute_is_too_long() {
        // AMR at 4.75 kbit/s: frames of 13 bytes and 20 milliseconds.
        let amr = |frames: usize| {
            let mut bytes = b"#!AMR\n".to_vec();
            for _ in 0..frames {
                bytes.extend([0x04]);
                bytes.extend([0; 12]);
            }
            bytes
        };
        let minute = check(MediaKind::Voice, &amr(3_000)).expect("a minute");
        assert_eq!(minute.measures.millis, Some(60_000));
        assert!(matches!(check(MediaKind::Voice, &amr(3_001)), Err(Error::TooLong)));
    }
}
