//! Sizes and small pictures.

use files::{Error, image_size, thumbnail};
use image::{DynamicImage, GenericImageView, ImageFormat, Rgba, RgbaImage};

use crate::sample;

const FORMATS: [ImageFormat; 5] =
    [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::Bmp, ImageFormat::WebP];

fn read(jpeg: &[u8]) -> DynamicImage {
    image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).unwrap()
}

fn is_red(pixel: Rgba<u8>) -> bool {
    pixel[0] > 200 && pixel[1] < 60 && pixel[2] < 60
}

#[test]
fn the_size_is_that_of_the_header() {
    for format in FORMATS {
        for (width, height) in [(1, 1), (40, 30), (300, 2), (255, 257)] {
            let bytes = sample::encoded(&sample::picture(width, height), format);
            assert_eq!(image_size(&bytes), Some((width, height)), "{format:?}");
        }
    }
}

#[test]
fn sizes_of_headers_that_our_encoder_does_not_write() {
    let lossy = b"RIFF\x1e\0\0\0WEBPVP8 \x12\0\0\0\x10\0\0\x9d\x01\x2a\x20\x03\x58\x02";
    assert_eq!(image_size(lossy), Some((800, 600)));
    let extended = b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x1f\x03\0\x57\x02\0";
    assert_eq!(image_size(extended), Some((800, 600)));
    let mut old_bitmap = b"BM\0\0\0\0\0\0\0\0\x1a\0\0\0\x0c\0\0\0".to_vec();
    old_bitmap.extend(b"\x20\x03\x58\x02\x01\0\x18\0");
    assert_eq!(image_size(&old_bitmap), Some((800, 600)));
    let progressive = b"\xff\xd8\xff\xe0\0\x04JF\xff\xff\xc2\0\x11\x08\x02\x58\x03\x20\x03";
    assert_eq!(image_size(progressive), Some((800, 600)));
}

#[test]
fn a_bitmap_from_the_top_down_has_a_positive_height() {
    let mut bitmap = sample::encoded(&sample::picture(40, 30), ImageFormat::Bmp);
    bitmap[22..26].copy_from_slice(&(-30_i32).to_le_bytes());
    assert_eq!(image_size(&bitmap), Some((40, 30)));
}

#[test]
fn a_picture_without_area_is_none() {
    for at in [16, 20] {
        let mut png = sample::encoded(&sample::picture(40, 30), ImageFormat::Png);
        png[at..at + 4].fill(0);
        assert_eq!(image_size(&png), None);
    }
}

#[test]
fn a_thumbnail_fits_and_keeps_its_shape_and_colours() {
    for format in FORMATS {
        let bytes = sample::encoded(&sample::picture(800, 400), format);
        let small = read(&thumbnail(&bytes, 200).unwrap());
        assert_eq!(small.dimensions(), (200, 100), "{format:?}");
        assert!(is_red(small.get_pixel(20, 50)), "{format:?}");
        assert!(small.get_pixel(180, 50)[2] > 200, "{format:?}");
    }
}

#[test]
fn a_small_picture_keeps_its_size_and_a_thin_one_a_pixel() {
    let small = sample::encoded(&sample::picture(40, 30), ImageFormat::Png);
    assert_eq!(image_size(&thumbnail(&small, 200).unwrap()), Some((40, 30)));
    let thin = sample::encoded(&sample::picture(2000, 1), ImageFormat::Png);
    assert_eq!(image_size(&thumbnail(&thin, 100).unwrap()), Some((100, 1)));
    assert_eq!(image_size(&thumbnail(&small, 0).unwrap()), Some((1, 1)));
}

#[test]
fn transparency_becomes_white() {
    let clear = RgbaImage::from_pixel(20, 20, Rgba([0, 0, 0, 0])).into();
    let jpeg = thumbnail(&sample::encoded(&clear, ImageFormat::Png), 20).unwrap();
    assert!(read(&jpeg).get_pixel(10, 10).0.iter().all(|channel| *channel > 250));
}

#[test]
fn a_turned_photograph_is_upright() {
    let mut jpeg = sample::encoded(&sample::picture(80, 40), ImageFormat::Jpeg);
    // EXIF orientation 6: turned a quarter clockwise to be seen.
    let mut exif = b"\xff\xe1\0\x22Exif\0\0II\x2a\0\x08\0\0\0\x01\0".to_vec();
    exif.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0");
    jpeg.splice(2..2, exif);
    let upright = read(&thumbnail(&jpeg, 200).unwrap());
    assert_eq!(upright.dimensions(), (40, 80));
    assert!(is_red(upright.get_pixel(20, 10)), "the left half is above now");
}

#[test]
fn a_picture_of_too_many_pixels_is_refused_before_it_is_decoded() {
    let mut bomb = sample::encoded(&sample::picture(40, 30), ImageFormat::Png);
    bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
    bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
    let error = thumbnail(&bomb, 100).unwrap_err();
    assert_eq!(error, Error::TooManyPixels { width: 60_000, height: 60_000 });
}

#[test]
fn what_cannot_be_decoded_says_so() {
    assert_eq!(thumbnail(b"hello", 100), Err(Error::NotAPicture));
    assert_eq!(thumbnail(&sample::mp3(3), 100), Err(Error::NotAPicture));
    let png = sample::encoded(&sample::picture(400, 300), ImageFormat::Png);
    assert!(matches!(thumbnail(&png[..60], 100), Err(Error::Undecodable(_))));
}
