//! The name of one API call or delivery, by which its failure can be looked up.

use std::fmt;
use std::str::FromStr;

use super::{InvalidId, is_lower_hex};

/// A request id: the second in which it was made, and chance (`6aac005a-01bfdbee-79769285`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rid {
    unix_secs: u32,
    random: [u32; 2],
}

/// The two random groups of real request ids never have their highest bit set.
const GROUP_MASK: u32 = 0x7fff_ffff;

impl Rid {
    /// Names a call made at `unix_secs`; of the two random numbers the lower 31 bits count.
    pub fn new(unix_secs: u32, first: u32, second: u32) -> Self {
        Self { unix_secs, random: [first & GROUP_MASK, second & GROUP_MASK] }
    }

    /// Takes a text of the right shape.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        let mut groups = text.split('-').map(parse_group);
        match (groups.next(), groups.next(), groups.next(), groups.next()) {
            (Some(Some(unix_secs)), Some(Some(first)), Some(Some(second)), None)
                if first <= GROUP_MASK && second <= GROUP_MASK =>
            {
                Ok(Self { unix_secs, random: [first, second] })
            }
            _ => Err(InvalidId::Rid),
        }
    }

    /// The second in which it was made, since 1970.
    pub fn unix_secs(self) -> u32 {
        self.unix_secs
    }
}

fn parse_group(text: &str) -> Option<u32> {
    (text.len() == 8 && is_lower_hex(text)).then(|| u32::from_str_radix(text, 16).ok())?
}

impl fmt::Display for Rid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second] = self.random;
        write!(f, "{:08x}-{first:08x}-{second:08x}", self.unix_secs)
    }
}

impl FromStr for Rid {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        Self::parse(text)
    }
}
