//! Official error codes, their texts, and the JSON that carries them.

/// An official error code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ErrCode(pub i32);

/// Which surface answers: they write the request id differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// `/cgi-bin` and everything else.
    Cgi,
    /// `/sns`.
    Sns,
}
