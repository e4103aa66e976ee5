//! `POST /cgi-bin/media/uploadimg`

use std::time::Duration;

use insta::assert_snapshot;
use testkit::on_both;

use super::super::get;
use super::{PNG, amr, jpeg};

const PATH: &str = "/cgi-bin/media/uploadimg";

on_both! {
    async fn a_picture_has_an_address_for_everybody_and_for_good(app) {
        let reply = app.upload(PATH, "a.png", PNG).await;
        assert_snapshot!(reply, @r#"{"url":"http://teahouse.test/media/[id]"}"#);
        let url = reply.field("/url");
        let path = url.strip_prefix("http://teahouse.test").expect("our own address");
        app.advance(Duration::from_secs(400 * 86_400)).await;
        let picture = get(&app, path).await;
        assert_eq!((picture.content_type(), &picture.body[..]), ("image/png", PNG));
    }

    async fn only_jpeg_and_png_up_to_a_megabyte_are_taken(app) {
        assert!(app.upload(PATH, "a.jpg", &jpeg()).await.text().contains("url"));
        let reply = app.upload(PATH, "a.png", &amr(1)).await;
        assert_snapshot!(reply, @r#"{"errcode":40005,"errmsg":"invalid file type rid: [rid]"}"#);
        let mut large = PNG.to_vec();
        large.resize((1 << 20) + 1, 0);
        let reply = app.upload(PATH, "a.png", &large).await;
        assert_snapshot!(reply, @r#"{"errcode":40009,"errmsg":"invalid image size rid: [rid]"}"#);
        assert_snapshot!(
            app.post(PATH, "").await,
            @r#"{"errcode":41005,"errmsg":"media data missing rid: [rid]"}"#
        );
    }
}
