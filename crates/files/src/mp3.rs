//! MPEG audio, layer III: a chain of frames, often behind a tag.

use crate::field::be32;

/// How far behind a tag the first frame is looked for; taggers pad, but not further than this.
const MAX_PADDING_BYTES: usize = 64 * 1024;

/// One frame's header, understood (ISO 11172-3, 2.4.1.3 and ISO 13818-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Frame {
    version: Version,
    /// In hertz; the same in all frames of a file.
    sample_rate: u32,
    size_bytes: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Version {
    One,
    Two,
    TwoAndAHalf,
}

/// The first frame that another of its kind, or the end of the file, follows; and its place.
pub(crate) fn first_frame(bytes: &[u8]) -> Option<(usize, Frame)> {
    let start = after_tags(bytes);
    // Without a tag nothing excuses bytes before the first frame.
    let last = if start == 0 { 0 } else { start + MAX_PADDING_BYTES };
    (start..=last.min(bytes.len())).find_map(|at| Some((at, chained(bytes, at)?)))
}

/// Sums up the frames that sound; damaged stretches between them are skipped.
pub(crate) fn millis(bytes: &[u8]) -> Option<u64> {
    let (mut at, first) = first_frame(bytes)?;
    if is_index(bytes, at, first) {
        at += first.size_bytes;
    }
    let mut frames = 0;
    while at < bytes.len() {
        match frame(bytes, at).filter(|frame| frame.is_like(first)) {
            Some(frame) if at + frame.size_bytes <= bytes.len() => {
                frames += 1;
                at += frame.size_bytes;
            }
            _ => match (at + 1..bytes.len()).find(|at| chained(bytes, *at).is_some()) {
                Some(next) => at = next,
                None => break,
            },
        }
    }
    Some(frames * first.samples() * 1000 / u64::from(first.sample_rate))
}

impl Frame {
    fn is_like(self, other: Self) -> bool {
        self.version == other.version && self.sample_rate == other.sample_rate
    }

    fn samples(self) -> u64 {
        if self.version == Version::One { 1152 } else { 576 }
    }
}

/// The place behind all ID3v2 tags at the front.
fn after_tags(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(size) = tag_size(bytes.get(at..).unwrap_or_default()) {
        at += size;
    }
    at
}

/// Size of the ID3v2 tag at the front, header and footer included (ID3v2.4, 3.1).
fn tag_size(bytes: &[u8]) -> Option<usize> {
    let [b'I', b'D', b'3', _, _, flags, size @ ..] = bytes.first_chunk::<10>()? else {
        return None;
    };
    if size.iter().any(|byte| *byte >= 0x80) {
        return None;
    }
    let size = size.iter().fold(0, |sum, byte| sum << 7 | usize::from(*byte));
    let footer = if flags & 0x10 == 0 { 0 } else { 10 };
    Some(10 + size + footer)
}

fn chained(bytes: &[u8], at: usize) -> Option<Frame> {
    let this = frame(bytes, at)?;
    let end = at + this.size_bytes;
    let rest = bytes.get(end..)?;
    let goes_on = frame(rest, 0).is_some_and(|next| next.is_like(this));
    (goes_on || rest.is_empty() || rest.starts_with(b"TAG")).then_some(this)
}

fn frame(bytes: &[u8], at: usize) -> Option<Frame> {
    let header = be32(bytes, at)?;
    if header >> 21 != 0x7ff || header >> 17 & 3 != 1 {
        return None;
    }
    let (version, rates) = match header >> 19 & 3 {
        3 => (Version::One, [44_100, 48_000, 32_000]),
        2 => (Version::Two, [22_050, 24_000, 16_000]),
        0 => (Version::TwoAndAHalf, [11_025, 12_000, 8_000]),
        _ => return None,
    };
    let sample_rate = *rates.get((header >> 10 & 3) as usize)?;
    let bits_per_second = bit_rate(version, header >> 12 & 15)?;
    let slots = if version == Version::One { 144 } else { 72 };
    let padding = header >> 9 & 1;
    let size_bytes = (slots * bits_per_second / sample_rate + padding) as usize;
    Some(Frame { version, sample_rate, size_bytes })
}

/// Bits a second by the header's index; 0 (free format) and 15 are not taken.
fn bit_rate(version: Version, index: u32) -> Option<u32> {
    const ONE: [u32; 14] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    const TWO: [u32; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    let table = if version == Version::One { ONE } else { TWO };
    let kilobits = table.get((index as usize).checked_sub(1)?)?;
    Some(kilobits * 1000)
}

/// Whether the first frame is silent and only tells players about the others.
fn is_index(bytes: &[u8], at: usize, frame: Frame) -> bool {
    let body = bytes.get(at..at + frame.size_bytes).unwrap_or_default();
    // The mark follows the side information, whose size depends on version and channels.
    let marked = |place, mark: &[u8]| body.get(place..).is_some_and(|b| b.starts_with(mark));
    [13, 21, 36].into_iter().any(|place| marked(place, b"Xing") || marked(place, b"Info"))
        || marked(36, b"VBRI")
}
