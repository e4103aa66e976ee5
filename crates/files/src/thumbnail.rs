//! Small pictures of large ones.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};

use crate::{Error, Type, picture};

/// Most pixels that are decoded: the largest phone cameras in common use make 50 million.
pub const MAX_PIXELS: u64 = 50_000_000;

/// Most memory of one decoding, in bytes: [`MAX_PIXELS`] with four channels, and working space.
const MAX_DECODER_BYTES: u64 = 256 * 1024 * 1024;

/// JPEG quality: small, and no blocks to be seen at the size of a thumbnail.
const QUALITY: u8 = 80;

/// Makes a JPEG of at most `max_edge` pixels a side; a smaller picture keeps its size.
///
/// Upright as EXIF says, transparency on white, of an animation the first frame. Takes up to a
/// second of CPU for the largest pictures: not for a thread that others wait for.
pub fn thumbnail(bytes: &[u8], max_edge: u32) -> Result<Vec<u8>, Error> {
    let (kind, (width, height)) = picture::identify(bytes).ok_or(Error::NotAPicture)?;
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Error::TooManyPixels { width, height });
    }
    let picture = decode(bytes, format(kind)?).map_err(|e| Error::Undecodable(e.to_string()))?;
    encode(&on_white(&shrink(picture, max_edge))).map_err(|e| Error::Undecodable(e.to_string()))
}

fn format(kind: Type) -> Result<ImageFormat, Error> {
    match kind {
        Type::Jpeg => Ok(ImageFormat::Jpeg),
        Type::Png => Ok(ImageFormat::Png),
        Type::Gif => Ok(ImageFormat::Gif),
        Type::Bmp => Ok(ImageFormat::Bmp),
        Type::Webp => Ok(ImageFormat::WebP),
        _ => Err(Error::NotAPicture),
    }
}

fn decode(bytes: &[u8], format: ImageFormat) -> image::ImageResult<DynamicImage> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_DECODER_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn shrink(picture: DynamicImage, max_edge: u32) -> DynamicImage {
    let max_edge = max_edge.max(1);
    if picture.width() <= max_edge && picture.height() <= max_edge {
        return picture;
    }
    picture.thumbnail(max_edge, max_edge)
}

fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let picture = picture.to_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0;
        Rgb([red, green, blue].map(|channel| blend(channel, alpha)))
    })
}

/// One channel over white, by its opacity of 0 to 255.
fn blend(channel: u8, alpha: u8) -> u8 {
    let (channel, alpha) = (u16::from(channel), u16::from(alpha));
    let mixed = (channel * alpha + 255 * (255 - alpha)) / 255;
    u8::try_from(mixed).expect("a mean of two bytes is a byte")
}

fn encode(picture: &RgbImage) -> image::ImageResult<Vec<u8>> {
    let mut jpeg = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, QUALITY))?;
    Ok(jpeg)
}
