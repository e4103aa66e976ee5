//! Where a reader stands: `epoch.seq.send_no`, opaque to clients; `0` is the start.

use crate::ids::Seq;

/// A place in a conversation, inside one epoch of the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The last message that was read.
    pub seq: Seq,
}

/// Why a text is not a place in this world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCursor {
    /// Not of the form of a cursor.
    #[error("not a cursor")]
    Malformed,
    /// A place in a world that was reset or restored since.
    #[error("the cursor is of another epoch; begin at 0")]
    Gone,
}

impl Cursor {
    /// Before the first message.
    pub const START: Self = Self { seq: Seq(0) };

    /// Reads a cursor of the present epoch.
    pub fn parse(text: &str, epoch: i64) -> Result<Self, InvalidCursor> {
        if text == "0" {
            return Ok(Self::START);
        }
        let mut parts = text.split('.').map(str::parse::<i64>);
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(Ok(of)), Some(Ok(seq @ 0..)), Some(Ok(0..)), None) if of == epoch => {
                Ok(Self { seq: Seq(seq) })
            }
            (Some(Ok(_)), Some(Ok(0..)), Some(Ok(0..)), None) => Err(InvalidCursor::Gone),
            _ => Err(InvalidCursor::Malformed),
        }
    }

    /// The text for clients. Sends to many have their own number in it once they exist.
    pub fn format(self, epoch: i64) -> String {
        format!("{epoch}.{}.0", self.seq)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_in_its_own_epoch_only() {
        let cursor = Cursor { seq: Seq(12) };
        let text = cursor.format(3);
        assert_eq!(Cursor::parse(&text, 3), Ok(cursor));
        assert_eq!(Cursor::parse(&text, 4), Err(InvalidCursor::Gone));
        assert_eq!(Cursor::parse("0", 4), Ok(Cursor::START));
        for text in ["", "1", "1.2", "1.-2.0", "1.2.0.0", "a.b.c", "1.99999999999999999999.0"] {
            assert_eq!(Cursor::parse(text, 1), Err(InvalidCursor::Malformed), "{text}");
        }
    }
}
