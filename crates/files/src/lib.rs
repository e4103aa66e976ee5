//! Files: where they are kept, what they are, and pictures of pictures.
//!
//! [`Store`] does the I/O; everything else is a pure function over bytes that anybody may have
//! sent: it never panics, and its work grows with the length of the bytes, not with what they
//! claim.

mod amr;
mod error;
mod field;
mod hash;
mod kind;
mod mp3;
mod mp4;
mod picture;
mod speex;
mod store;
mod thumbnail;

pub use error::Error;
pub use hash::{Hash, ParseHashError};
pub use kind::{Type, sniff, voice_millis};
pub use mp4::video_millis;
pub use picture::image_size;
pub use store::{Store, Stored};
pub use thumbnail::{MAX_PIXELS, thumbnail};
