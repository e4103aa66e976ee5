//! `GET /cgi-bin/media/get`

use insta::assert_snapshot;
use testkit::platform::media::MediaKind;
use testkit::{NewTestAccount, on_both};

use super::super::{failure, get};
use super::{MP4, PNG, amr, jpeg, receive, speex, upload};

const PATH: &str = "/cgi-bin/media/get";

on_both! {
    async fn a_file_comes_back_byte_for_byte_under_its_own_type(app) {
        let files: [(&str, &[u8], &str, &str); 3] = [
            ("image", PNG, "image/png", "png"),
            ("voice", &amr(50), "audio/amr", "amr"),
            ("thumb", &jpeg(), "image/jpeg", "jpg"),
        ];
        for (kind, bytes, content_type, extension) in files {
            let id = upload(&app, kind, bytes).await;
            let reply = app.get(&format!("{PATH}?media_id={id}")).await;
            assert_eq!((reply.content_type(), &reply.body[..]), (content_type, bytes));
            let disposition = format!("attachment; filename=\"{id}.{extension}\"");
            assert_eq!(reply.header("content-disposition"), Some(disposition.as_str()));
        }
    }

    async fn a_film_is_answered_by_its_address(app) {
        let id = upload(&app, "video", MP4).await;
        let reply = app.get(&format!("{PATH}?media_id={id}")).await;
        assert_snapshot!(reply, @r#"{"video_url":"http://teahouse.test/media/[id]"}"#);
        assert_eq!(reply.content_type(), "text/plain");
        assert_eq!(reply.header("content-disposition"), None);
        let url = reply.field("/video_url");
        let film = get(&app, url.strip_prefix("http://teahouse.test").expect("ours")).await;
        assert_eq!((film.content_type(), &film.body[..]), ("video/mp4", MP4));
    }

    async fn a_failure_is_json_typed_exactly_text_plain(app) {
        let id = upload(&app, "image", PNG).await;
        let changed = format!("{}{}", if id.starts_with('A') { 'B' } else { 'A' }, &id[1..]);
        for id in ["x", "%00", &changed] {
            let reply = app.get(&format!("{PATH}?media_id={id}")).await;
            assert_snapshot!(reply, @r#"{"errcode":40007,"errmsg":"invalid media_id rid: [rid]"}"#);
            assert_eq!(reply.content_type(), "text/plain");
            assert_eq!(reply.header("content-disposition"), None);
        }
        assert_snapshot!(
            app.get(PATH).await,
            @r#"{"errcode":41006,"errmsg":"media_id missing rid: [rid]"}"#
        );
        assert_eq!(get(&app, PATH).await.content_type(), "text/plain");
    }

    async fn another_account_s_medium_is_40007(app) {
        let id = upload(&app, "image", PNG).await;
        let token = app.token_of(&app.create_account(NewTestAccount::default()).await).await;
        let reply = app.get(&format!("{PATH}?media_id={id}&access_token={token}")).await;
        assert_snapshot!(reply, @r#"{"errcode":40007,"errmsg":"invalid media_id rid: [rid]"}"#);
    }

    async fn what_people_send_is_there_too_and_a_film_has_a_cover(app) {
        let (id, _) = receive(&app, MediaKind::Image, PNG.to_vec()).await;
        assert_eq!(&app.get(&format!("{PATH}?media_id={id}")).await.body[..], PNG);
        let (_, cover) = receive(&app, MediaKind::Video, MP4.to_vec()).await;
        let cover = cover.expect("a film has one");
        let reply = app.get(&format!("{PATH}?media_id={cover}")).await;
        assert_eq!(reply.content_type(), "image/jpeg");
    }

    async fn without_a_converter_speex_is_not_given_out_as_amr(app) {
        let (id, _) = receive(&app, MediaKind::Voice, speex()).await;
        let reply = app.get(&format!("{PATH}?media_id={id}")).await;
        assert_eq!(
            reply.to_string(),
            failure(40_007, "invalid media_id, the recording is speex and no converter to amr is \
                 installed"),
        );
    }
}
