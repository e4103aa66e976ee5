//! Pictures by their headers; no pixel is decoded here.

use crate::Type;
use crate::field::{be16, be32, le16, le24, le32};

type Size = (u32, u32);

/// Width and height in pixels as the header states them, before any rotation that EXIF asks for.
pub fn image_size(bytes: &[u8]) -> Option<(u32, u32)> {
    identify(bytes).map(|(_, size)| size)
}

pub(crate) fn identify(bytes: &[u8]) -> Option<(Type, Size)> {
    let (kind, size) = match bytes {
        [0xff, 0xd8, 0xff, ..] => (Type::Jpeg, jpeg(bytes)?),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => (Type::Png, png(bytes)?),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => (Type::Gif, gif(bytes)?),
        [b'B', b'M', ..] => (Type::Bmp, bmp(bytes)?),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
            (Type::Webp, webp(bytes)?)
        }
        _ => return None,
    };
    (size.0 > 0 && size.1 > 0).then_some((kind, size))
}

/// Walks the segments up to the frame header (ITU T.81, B.2.2).
fn jpeg(bytes: &[u8]) -> Option<Size> {
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        match *bytes.get(at + 1)? {
            0xff => at += 1,               // fill byte
            0x01 | 0xd0..=0xd7 => at += 2, // markers without a segment
            0xc4 | 0xc8 | 0xcc => at += segment(bytes, at)?,
            0xc0..=0xcf => return Some((be16(bytes, at + 7)?.into(), be16(bytes, at + 5)?.into())),
            0xd9 | 0xda => return None, // the picture's data before its frame header
            _ => at += segment(bytes, at)?,
        }
    }
}

/// Length of the marker and its segment, in bytes.
fn segment(bytes: &[u8], at: usize) -> Option<usize> {
    let length = usize::from(be16(bytes, at + 2)?);
    (length >= 2).then_some(2 + length)
}

/// The first chunk must be a sane IHDR (PNG 3rd edition, 11.2.1).
fn png(bytes: &[u8]) -> Option<Size> {
    if be32(bytes, 8)? != 13 || bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    let (depth, colour) = (*bytes.get(24)?, *bytes.get(25)?);
    let sane = match colour {
        0 => matches!(depth, 1 | 2 | 4 | 8 | 16),
        3 => matches!(depth, 1 | 2 | 4 | 8),
        2 | 4 | 6 => matches!(depth, 8 | 16),
        _ => false,
    };
    sane.then_some((be32(bytes, 16)?, be32(bytes, 20)?))
}

/// The logical screen, which all frames share; a frame or an extension must follow (GIF89a, 18).
fn gif(bytes: &[u8]) -> Option<Size> {
    let flags = *bytes.get(10)?;
    let palette = if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let size = (le16(bytes, 6)?.into(), le16(bytes, 8)?.into());
    matches!(bytes.get(13 + palette)?, 0x21 | 0x2c).then_some(size)
}

fn bmp(bytes: &[u8]) -> Option<Size> {
    let (size, planes) = match le32(bytes, 14)? {
        12 => ((le16(bytes, 18)?.into(), le16(bytes, 20)?.into()), le16(bytes, 22)?),
        40 | 52 | 56 | 64 | 108 | 124 => {
            let width = i32::try_from(le32(bytes, 18)?).ok()?;
            // A negative height means that the rows run from the top.
            let height = le32(bytes, 22)?.cast_signed().unsigned_abs();
            ((width.unsigned_abs(), height), le16(bytes, 26)?)
        }
        _ => return None,
    };
    (planes == 1).then_some(size)
}

/// The first chunk tells (RFC 9649, 2.5 to 2.7).
fn webp(bytes: &[u8]) -> Option<Size> {
    match bytes.get(12..16)? {
        b"VP8 " => {
            let is_key_frame = bytes.get(20)? & 1 == 0 && bytes.get(23..26)? == b"\x9d\x01\x2a";
            let edge = |at| Some(u32::from(le16(bytes, at)? & 0x3fff));
            is_key_frame.then_some((edge(26)?, edge(28)?))
        }
        b"VP8L" => {
            let bits = le32(bytes, 21)?;
            (*bytes.get(20)? == 0x2f).then_some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        b"VP8X" => Some((le24(bytes, 24)? + 1, le24(bytes, 27)? + 1)),
        _ => None,
    }
}
