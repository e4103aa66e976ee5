//! AMR files: a magic number, then frames of 20 ms (RFC 4867, 5).

use crate::Type;

/// Playing time of one frame, in milliseconds.
const FRAME_MILLIS: u64 = 20;

/// Bytes behind a frame's header, by frame type; `None` for types that no file may hold.
type FrameSizes = [Option<usize>; 16];

const NARROW: FrameSizes = sizes(&[12, 13, 15, 17, 19, 20, 26, 31, 5]);
const WIDE: FrameSizes = sizes(&[17, 23, 32, 36, 40, 46, 50, 58, 60, 5]);

pub(crate) struct Voice<'a> {
    pub(crate) kind: Type,
    frames: &'a [u8],
    sizes: &'static FrameSizes,
}

/// Takes the magic number and a whole frame, with another or the end behind it, for an AMR file.
pub(crate) fn identify(bytes: &[u8]) -> Option<Voice<'_>> {
    let voice = if let Some(frames) = bytes.strip_prefix(b"#!AMR\n") {
        Voice { kind: Type::Amr, frames, sizes: &NARROW }
    } else {
        let frames = bytes.strip_prefix(b"#!AMR-WB\n")?;
        Voice { kind: Type::AmrWide, frames, sizes: &WIDE }
    };
    let end = voice.after_frame(0)?;
    (end == voice.frames.len() || voice.frame_size(end).is_some()).then_some(voice)
}

/// Counts the whole frames, up to the end or the first damage.
pub(crate) fn millis(bytes: &[u8]) -> Option<u64> {
    let voice = identify(bytes)?;
    let starts = std::iter::successors(Some(0), |at| voice.after_frame(*at));
    // The last place is where a frame would start but none does.
    Some((starts.count() as u64 - 1) * FRAME_MILLIS)
}

impl Voice<'_> {
    /// Where the frame that starts at `at` ends, if there is a whole one.
    fn after_frame(&self, at: usize) -> Option<usize> {
        let end = at + self.frame_size(at)?;
        (end <= self.frames.len()).then_some(end)
    }

    fn frame_size(&self, at: usize) -> Option<usize> {
        let header = *self.frames.get(at)?;
        // The bits outside of type and quality are padding and must be zero.
        if header & 0b1000_0011 != 0 {
            return None;
        }
        Some(1 + self.sizes[usize::from(header >> 3)]?)
    }
}

const fn sizes(speech: &[usize]) -> FrameSizes {
    let mut sizes = [None; 16];
    let mut at = 0;
    while at < speech.len() {
        sizes[at] = Some(speech[at]);
        at += 1;
    }
    sizes[15] = Some(0); // a pause of which nothing was transmitted
    sizes
}
