//! MPEG-4 files: boxes in boxes (ISO 14496-12, 4.2).

use crate::field::{be32, be64};

/// Major brands that share the box format but are no MPEG-4 videos: pictures (HEIF, AVIF),
/// QuickTime, and sound alone.
const OTHER_BRANDS: [&[u8; 4]; 12] = [
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis", b"qt  ",
    b"M4A ", b"M4B ",
];

/// Whether the file starts with the `ftyp` box of a video.
pub(crate) fn is_video(bytes: &[u8]) -> bool {
    // The brand and its version come first; the compatible brands may be missing.
    boxes(bytes)
        .next()
        .filter(|(kind, body)| *kind == b"ftyp" && body.len() >= 8)
        .and_then(|(_, body)| body.first_chunk())
        .is_some_and(|brand: &[u8; 4]| {
            brand.iter().all(|byte| matches!(byte, b' '..=b'~')) && !OTHER_BRANDS.contains(&brand)
        })
}

/// The playing time in milliseconds that the movie header states.
///
/// `None` too for a recording that was written while it ran and does not know its length.
pub fn video_millis(bytes: &[u8]) -> Option<u64> {
    if !is_video(bytes) {
        return None;
    }
    let movie = find(bytes, *b"moov")?;
    let header = find(movie, *b"mvhd")?;
    let (timescale, duration) = match header.first()? {
        0 => (be32(header, 12)?, u64::from(be32(header, 16).filter(|d| *d != u32::MAX)?)),
        1 => (be32(header, 20)?, be64(header, 24).filter(|d| *d != u64::MAX)?),
        _ => return None,
    };
    let millis = (u128::from(duration) * 1000).checked_div(timescale.into())?;
    u64::try_from(millis).ok().filter(|millis| *millis > 0)
}

fn find(bytes: &[u8], wanted: [u8; 4]) -> Option<&[u8]> {
    boxes(bytes).find(|(kind, _)| **kind == wanted).map(|(_, body)| body)
}

/// The boxes of one level, up to the end or the first that does not fit.
fn boxes(bytes: &[u8]) -> impl Iterator<Item = (&[u8; 4], &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let kind = rest.get(4..8)?.first_chunk()?;
        let (header, size) = match be32(rest, 0)? {
            0 => (8, rest.len()), // up to the end of the file
            1 => (16, usize::try_from(be64(rest, 8)?).ok()?),
            size => (8, size as usize),
        };
        let body = rest.get(header..size)?;
        rest = &rest[size..];
        Some((kind, body))
    })
}
