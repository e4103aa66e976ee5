//! Small files of each type.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

/// A picture whose left half is red and whose right half is blue.
pub(crate) fn picture(width: u32, height: u32) -> DynamicImage {
    let colour = |x| if x < width / 2 { Rgb([255, 0, 0]) } else { Rgb([0, 0, 255]) };
    RgbImage::from_fn(width, height, |x, _| colour(x)).into()
}

pub(crate) fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// AMR frames of 12.2 kbit/s, 20 ms each.
pub(crate) fn amr(frames: usize) -> Vec<u8> {
    let frame = [&[0x3c][..], &[0x55; 31]].concat();
    [b"#!AMR\n".to_vec(), frame.repeat(frames)].concat()
}

/// Wide-band AMR frames of 23.85 kbit/s, 20 ms each.
pub(crate) fn amr_wide(frames: usize) -> Vec<u8> {
    let frame = [&[0x44][..], &[0x55; 60]].concat();
    [b"#!AMR-WB\n".to_vec(), frame.repeat(frames)].concat()
}

/// One MPEG-1 frame: 128 kbit/s at 44.1 kHz, 417 bytes, 1,152 samples.
pub(crate) fn mp3_frame() -> Vec<u8> {
    let mut frame = vec![0; 417];
    frame[..4].copy_from_slice(&[0xff, 0xfb, 0x90, 0x00]);
    frame
}

pub(crate) fn mp3(frames: usize) -> Vec<u8> {
    mp3_frame().repeat(frames)
}

/// An ID3v2.4 tag with `size` bytes of padding inside.
pub(crate) fn id3(size: u8) -> Vec<u8> {
    assert!(size < 0x80);
    [b"ID3\x04\x00\x00\x00\x00\x00", &[size][..], &vec![0; size.into()]].concat()
}

/// An Ogg page with one packet of less than 255 bytes.
fn ogg_page(position: u64, packet: &[u8]) -> Vec<u8> {
    let mut page = b"OggS\0\0".to_vec();
    page.extend(position.to_le_bytes());
    page.extend([0; 12]); // serial number, page number, checksum
    page.extend([1, u8::try_from(packet.len()).unwrap()]);
    page.extend(packet);
    page
}

/// A wide-band Speex file of `samples` samples.
pub(crate) fn speex(samples: u64) -> Vec<u8> {
    let mut header = b"Speex   1.2".to_vec();
    header.resize(28, 0); // the version, padded
    header.extend([1, 80].map(i32::to_le_bytes).concat());
    header.extend(16_000_i32.to_le_bytes());
    header.resize(80, 0);
    [ogg_page(0, &header), ogg_page(0, b"comment"), ogg_page(samples, &[7; 70])].concat()
}

pub(crate) fn mp4_box(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    let size = u32::try_from(body.len() + 8).unwrap();
    [&size.to_be_bytes()[..], &kind, body].concat()
}

pub(crate) fn ftyp(brand: [u8; 4]) -> Vec<u8> {
    mp4_box(*b"ftyp", &[&brand[..], &[0, 0, 2, 0], b"isommp41"].concat())
}

/// A version 0 movie header.
pub(crate) fn mvhd(timescale: u32, duration: u32) -> Vec<u8> {
    let times = [0, 0, 0, timescale, duration].map(u32::to_be_bytes).concat();
    mp4_box(*b"mvhd", &[times, vec![0; 80]].concat())
}

/// A video whose header stands behind its data, as cameras write it.
pub(crate) fn mp4(timescale: u32, duration: u32) -> Vec<u8> {
    let moov = mp4_box(*b"moov", &mvhd(timescale, duration));
    [ftyp(*b"isom"), mp4_box(*b"mdat", &[9; 100]), moov].concat()
}
