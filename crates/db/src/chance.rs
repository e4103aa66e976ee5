//! The one source of chance.

/// Random bytes, fit for secrets.
#[expect(clippy::disallowed_methods, reason = "the one source of the domain's chance")]
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system has random bytes");
    bytes
}
