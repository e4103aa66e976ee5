//! `GET /cgi-bin/media/get/jssdk`

use insta::assert_snapshot;
use testkit::on_both;
use testkit::platform::media::MediaKind;

use super::super::failure;
use super::{PNG, amr, receive, speex, upload};

const PATH: &str = "/cgi-bin/media/get/jssdk";

on_both! {
    async fn a_recording_of_the_page_comes_back_as_speex(app) {
        let (id, _) = receive(&app, MediaKind::Voice, speex()).await;
        let reply = app.get(&format!("{PATH}?media_id={id}")).await;
        assert_eq!((reply.content_type(), &reply.body[..]), ("voice/speex", &speex()[..]));
        let disposition = format!("attachment; filename=\"{id}.speex\"");
        assert_eq!(reply.header("content-disposition"), Some(disposition.as_str()));
    }

    async fn anything_else_is_40007_in_plain_text(app) {
        let voice = upload(&app, "voice", &amr(50)).await;
        let reply = app.get(&format!("{PATH}?media_id={voice}")).await;
        assert_eq!(
            reply.to_string(),
            failure(40_007, "invalid media_id, the recording is amr and no converter to speex is \
                 installed"),
        );
        let picture = upload(&app, "image", PNG).await;
        let reply = app.get(&format!("{PATH}?media_id={picture}")).await;
        assert_snapshot!(reply, @r#"{"errcode":40007,"errmsg":"invalid media_id rid: [rid]"}"#);
        assert_eq!(reply.content_type(), "text/plain");
    }
}
