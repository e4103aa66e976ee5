//! What a file is, decided by its content and never by its name.

use crate::{amr, mp3, mp4, picture, speex};

/// The types that accounts exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Type {
    /// A JPEG picture.
    Jpeg,
    /// A PNG picture.
    Png,
    /// A GIF picture or animation.
    Gif,
    /// A Windows bitmap.
    Bmp,
    /// A WebP picture or animation.
    Webp,
    /// Narrow-band AMR, 8 kHz.
    Amr,
    /// Wide-band AMR, 16 kHz.
    AmrWide,
    /// MPEG audio, layer III.
    Mp3,
    /// Speex in Ogg.
    Speex,
    /// An MPEG-4 video file.
    Mp4,
}

impl Type {
    /// The type as `Content-Type` names it.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::Bmp => "image/bmp",
            Self::Webp => "image/webp",
            Self::Amr => "audio/amr",
            Self::AmrWide => "audio/amr-wb",
            Self::Mp3 => "audio/mpeg",
            // What `media/get/jssdk` answers; the registered name would be audio/ogg.
            Self::Speex => "voice/speex",
            Self::Mp4 => "video/mp4",
        }
    }

    /// The end of a file's name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::Bmp => "bmp",
            Self::Webp => "webp",
            Self::Amr => "amr",
            Self::AmrWide => "awb",
            Self::Mp3 => "mp3",
            Self::Speex => "speex",
            Self::Mp4 => "mp4",
        }
    }

    /// Whether [`image_size`](crate::image_size) and [`thumbnail`](crate::thumbnail) apply.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Gif | Self::Bmp | Self::Webp)
    }

    /// Whether [`voice_millis`] applies.
    pub fn is_voice(self) -> bool {
        matches!(self, Self::Amr | Self::AmrWide | Self::Mp3 | Self::Speex)
    }
}

/// Decides the type: the magic number must be there, and the structure behind it.
pub fn sniff(bytes: &[u8]) -> Option<Type> {
    if let Some((kind, _)) = picture::identify(bytes) {
        return Some(kind);
    }
    if let Some(voice) = amr::identify(bytes) {
        return Some(voice.kind);
    }
    if mp4::is_video(bytes) {
        return Some(Type::Mp4);
    }
    if speex::sample_rate(bytes).is_some() {
        return Some(Type::Speex);
    }
    // Last, for its magic number is the weakest.
    mp3::first_frame(bytes).map(|_| Type::Mp3)
}

/// The playing time of a voice file in milliseconds, counted frame by frame.
pub fn voice_millis(bytes: &[u8]) -> Option<u64> {
    match sniff(bytes)? {
        Type::Amr | Type::AmrWide => amr::millis(bytes),
        Type::Mp3 => mp3::millis(bytes),
        Type::Speex => speex::millis(bytes),
        _ => None,
    }
}
