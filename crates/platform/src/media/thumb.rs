//! A cover for films that come without one: no decoder of films is on board, so that no frame can
//! be had, and pushes of films name a cover always.

/// Pixels a side; small, for it shows nothing.
const EDGE: u32 = 32;
/// Neither light nor dark, so that a play button is seen on it.
const GREY: u8 = 0x9a;

/// The bytes of a plain grey JPEG, always the same.
pub(super) fn neutral() -> Vec<u8> {
    files::thumbnail(&bitmap(), EDGE).expect("a bitmap of one colour is a picture")
}

/// A Windows bitmap of 24 bits a pixel.
fn bitmap() -> Vec<u8> {
    const HEADERS: u32 = 54;
    let pixels = EDGE * EDGE * 3;
    let mut bytes = b"BM".to_vec();
    for field in [HEADERS + pixels, 0, HEADERS, 40, EDGE, EDGE] {
        bytes.extend(field.to_le_bytes());
    }
    // One plane, 24 bits a pixel; then no compression, and nothing more to say.
    bytes.extend([1, 0, 24, 0]);
    bytes.extend([0; 24]);
    bytes.resize(bytes.len() + pixels as usize, GREY);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_small_jpeg() {
        let jpeg = neutral();
        assert_eq!(files::sniff(&jpeg), Some(files::Type::Jpeg));
        assert_eq!(files::image_size(&jpeg), Some((EDGE, EDGE)));
        assert!(jpeg.len() < 2_048);
    }
}
