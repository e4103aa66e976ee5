//! Temporary media, and pictures for articles.

mod get;
mod get_jssdk;
mod lifetime;
mod upload;
mod uploadimg;

use testkit::TestApp;
use testkit::platform::media::edge::{NewMedia, store_upload};
use testkit::platform::media::{self, MediaKind};

/// A PNG of two pixels.
pub(super) const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x01\x08\x02\0\0\0\x7b\x40\xe8\xdd\
    \0\0\0\x0fIDATx\xdac\xf8\xcf\xc0\xc0\xf0\x9f\x01\0\x07\xff\x01\xff\xb8\x04\x35\xe0\
    \0\0\0\0IEND\xaeB\x60\x82";
/// The head of an MPEG-4 film.
pub(super) const MP4: &[u8] = b"\0\0\0\x10ftypisom\0\0\0\0";

/// A small JPEG.
pub(super) fn jpeg() -> Vec<u8> {
    files::thumbnail(PNG, 2).expect("a picture")
}

/// AMR of so many frames, 20 milliseconds each.
pub(super) fn amr(frames: usize) -> Vec<u8> {
    let frame = [[0x04].as_slice(), &[0; 12]].concat();
    [b"#!AMR\n".as_slice(), &frame.repeat(frames)].concat()
}

/// Speex at 16 kHz, as the JS-SDK records it: one page with its header.
fn speex() -> Vec<u8> {
    let mut header = b"Speex   ".to_vec();
    header.resize(80, 0);
    header[36..40].copy_from_slice(&16_000_u32.to_le_bytes());
    let mut page = b"OggS\0\x02".to_vec();
    page.resize(26, 0);
    page.extend([1, 80]);
    [page, header].concat()
}

/// Uploads a medium as the account's server does; answers its id.
pub(super) async fn upload(app: &TestApp, kind: &str, bytes: &[u8]) -> String {
    let reply = app.upload(&format!("/cgi-bin/media/upload?type={kind}"), "file", bytes).await;
    let id = if kind == "thumb" { "/thumb_media_id" } else { "/media_id" };
    reply.field(id)
}

/// What a person sends the account, past every surface; answers the ids that a push would name.
async fn receive(app: &TestApp, kind: MediaKind, bytes: Vec<u8>) -> (String, Option<String>) {
    let person = app.create_person("小明").await;
    let new = NewMedia { kind, bytes: bytes.into(), file_name: String::new() };
    let upload = store_upload(&app.platform, person, new).await.expect("it is of its kind");
    let account = app.account().id;
    let adopted = app.platform.db.write(move |tx| media::adopt(tx, account, &upload));
    let adopted = adopted.await.expect("the store answers");
    let id = |no| media::media_id(&app.platform.keys, account, no).as_str().to_owned();
    (id(adopted.media.no), adopted.thumb.map(|thumb| id(thumb.no)))
}
