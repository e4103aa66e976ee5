//! Speex in Ogg: pages whose positions count samples (RFC 3533, 6; the Speex manual, 7.3).

use crate::field::{le32, le64};

/// Bytes of a page before its segment table.
const PAGE_HEADER_BYTES: usize = 27;

/// A page's position when no packet ends on it.
const NO_POSITION: u64 = u64::MAX;

/// Samples a second, if the first page holds a Speex header.
pub(crate) fn sample_rate(bytes: &[u8]) -> Option<u32> {
    let first = page(bytes)?;
    let header = first.body.strip_prefix(b"Speex   ")?;
    le32(header, 28).filter(|rate| (6_000..=48_000).contains(rate))
}

pub(crate) fn millis(bytes: &[u8]) -> Option<u64> {
    let rate = sample_rate(bytes)?;
    let mut rest = bytes;
    let mut samples = 0;
    while let Some(page) = page(rest) {
        if page.position != NO_POSITION {
            samples = page.position.max(samples);
        }
        rest = page.rest;
    }
    Some(samples.checked_mul(1000)? / u64::from(rate))
}

struct Page<'a> {
    position: u64,
    body: &'a [u8],
    rest: &'a [u8],
}

fn page(bytes: &[u8]) -> Option<Page<'_>> {
    if !bytes.starts_with(b"OggS\0") {
        return None;
    }
    let segments = usize::from(*bytes.get(PAGE_HEADER_BYTES - 1)?);
    let start = PAGE_HEADER_BYTES + segments;
    let size = bytes.get(PAGE_HEADER_BYTES..start)?.iter().copied().map(usize::from).sum();
    let (body, rest) = bytes.get(start..)?.split_at_checked(size)?;
    Some(Page { position: le64(bytes, 6)?, body, rest })
}
