//! What holds for all values: what is written can be read, and nothing that is read panics.

use proptest::prelude::*;
use wire::callback::{Format, Mode};
use wire::endpoints::{HostGroup, find};
use wire::envelope::{decrypt, encrypt};
use wire::errcode::{ErrCode, Family, error_body};
use wire::ids::{AppId, AppSecret, EncodingAesKey, MediaId, OpenId, Rid, Token, Username};
use wire::push::{Push, Stamp, render};
use wire::reply::{InvalidReply, Music, News, NewsArticle, Reply, Video, parse};
use wire::sign::{msg_signature, signature};

use crate::push::{message, text};
use crate::{credentials, expected};

fn mode() -> impl Strategy<Value = Mode> {
    prop_oneof![Just(Mode::Plain), Just(Mode::Compatible), Just(Mode::Safe)]
}

fn format() -> impl Strategy<Value = Format> {
    prop_oneof![Just(Format::Xml), Just(Format::Json)]
}

/// Any text that XML can carry and that keeps its line ends, rich in what must be escaped.
fn words() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            Just("]]>".to_owned()),
            Just("<".to_owned()),
            Just("&amp;".to_owned()),
            Just("\n".to_owned()),
            "[ -~]",
            "\\PC",
        ],
        1..40,
    )
    .prop_map(|parts| parts.concat())
}

/// The same without blanks around it: only the text of a message keeps those.
fn trimmed() -> impl Strategy<Value = String> {
    words().prop_map(|text| text.trim().to_owned())
}

fn media_id() -> impl Strategy<Value = MediaId> {
    any::<[u8; 16]>().prop_map(|bytes| {
        MediaId::parse(&hex::encode(bytes)).expect("hexadecimal digits are a media id")
    })
}

fn article() -> impl Strategy<Value = NewsArticle> {
    (trimmed(), trimmed(), trimmed(), trimmed()).prop_map(|(title, description, pic_url, url)| {
        NewsArticle { title, description, pic_url, url }
    })
}

fn music() -> impl Strategy<Value = Music> {
    let texts = (trimmed(), trimmed(), trimmed(), trimmed());
    (texts, proptest::option::of(media_id())).prop_map(|(texts, thumb_media_id)| {
        let (title, description, music_url, hq_music_url) = texts;
        Music { title, description, music_url, hq_music_url, thumb_media_id }
    })
}

fn reply() -> impl Strategy<Value = Reply> {
    let film = (media_id(), trimmed(), trimmed());
    let kf_account = proptest::option::of("[a-z]{1,10}@[a-z]{6,20}");
    prop_oneof![
        words().prop_map(|content| Reply::Text { content }),
        media_id().prop_map(|media_id| Reply::Image { media_id }),
        media_id().prop_map(|media_id| Reply::Voice { media_id }),
        film.prop_map(|(media_id, title, description)| Reply::Video(Video {
            media_id,
            title,
            description
        })),
        music().prop_map(Reply::Music),
        proptest::collection::vec(article(), 1..12)
            .prop_map(|articles| Reply::News(News { articles })),
        kf_account.prop_map(|kf_account| Reply::TransferCustomerService { kf_account }),
        Just(Reply::TransferBizAiIvr),
    ]
}

/// Writes replies as a developer's server would, in one of the two ways to protect a text.
struct Writer {
    cdata: bool,
}

impl Writer {
    fn element(&self, name: &str, text: &str) -> String {
        let text = if self.cdata {
            format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>"))
        } else {
            text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
        };
        format!("<{name}>{text}</{name}>\n")
    }

    fn group(name: &str, children: &[String]) -> String {
        format!("<{name}>\n{}</{name}>\n", children.concat())
    }

    fn medium(&self, name: &str, media_id: &MediaId) -> String {
        Self::group(name, &[self.element("MediaId", media_id.as_str())])
    }

    fn own_elements(&self, reply: &Reply) -> (&'static str, String) {
        match reply {
            Reply::Text { content } => ("text", self.element("Content", content)),
            Reply::Image { media_id } => ("image", self.medium("Image", media_id)),
            Reply::Voice { media_id } => ("voice", self.medium("Voice", media_id)),
            Reply::Video(video) => ("video", self.video(video)),
            Reply::Music(music) => ("music", self.music(music)),
            Reply::News(news) => ("news", self.news(news)),
            Reply::TransferCustomerService { kf_account } => {
                let account = kf_account.iter().map(|name| self.element("KfAccount", name));
                let account = account.map(|name| Self::group("TransInfo", &[name]));
                ("transfer_customer_service", account.collect())
            }
            Reply::TransferBizAiIvr => ("transfer_biz_ai_ivr", String::new()),
            Reply::Nothing => unreachable!("nothing has no elements"),
        }
    }

    fn video(&self, video: &Video) -> String {
        Self::group(
            "Video",
            &[
                self.element("Description", &video.description),
                self.element("MediaId", video.media_id.as_str()),
                self.element("Title", &video.title),
            ],
        )
    }

    fn music(&self, music: &Music) -> String {
        let thumb = music.thumb_media_id.as_ref().map_or("", MediaId::as_str);
        Self::group(
            "Music",
            &[
                self.element("Title", &music.title),
                self.element("Description", &music.description),
                self.element("MusicUrl", &music.music_url),
                self.element("HQMusicUrl", &music.hq_music_url),
                self.element("ThumbMediaId", thumb),
            ],
        )
    }

    fn news(&self, news: &News) -> String {
        let items: Vec<String> = news.articles.iter().map(|article| self.item(article)).collect();
        self.element("ArticleCount", &items.len().to_string()) + &Self::group("Articles", &items)
    }

    fn item(&self, article: &NewsArticle) -> String {
        Self::group(
            "item",
            &[
                self.element("Title", &article.title),
                self.element("Description", &article.description),
                self.element("PicUrl", &article.pic_url),
                self.element("Url", &article.url),
            ],
        )
    }

    fn document(&self, reply: &Reply) -> String {
        let (msg_type, own) = self.own_elements(reply);
        let expected = expected();
        Self::group(
            "xml",
            &[
                self.element("MsgType", msg_type),
                own,
                self.element("CreateTime", "1760000001000"),
                self.element("FromUserName", expected.username.as_str()),
                self.element("ToUserName", expected.open_id.as_str()),
            ],
        )
    }
}

fn sealed(message: &str, random: [u8; 16]) -> String {
    let keys = credentials();
    let encrypt = encrypt(&keys.aes_key, &keys.app_id, message.as_bytes(), random);
    let signature = msg_signature(&keys.token, "1760000001", "7", &encrypt);
    format!(
        "<xml><Encrypt>{encrypt}</Encrypt><MsgSignature>{signature}</MsgSignature>\
         <TimeStamp>1760000001</TimeStamp><Nonce>7</Nonce></xml>"
    )
}

fn read(body: &[u8], format: Format, mode: Mode) -> Result<Reply, InvalidReply> {
    parse(body, format, mode, &credentials(), &expected())
}

/// Takes the ciphertext out of a push: the last field.
fn ciphertext(body: &[u8], format: Format) -> Option<String> {
    let body = str::from_utf8(body).ok()?;
    match format {
        Format::Xml => {
            let (_, rest) = body.rsplit_once("<Encrypt><![CDATA[")?;
            rest.split_once("]]>").map(|(encrypt, _)| encrypt.to_owned())
        }
        Format::Json => {
            let object: serde_json::Value = serde_json::from_str(body).ok()?;
            object["Encrypt"].as_str().map(str::to_owned)
        }
    }
}

fn value_of<'a>(pushed: &'a [(&str, String)], name: &str) -> Option<&'a str> {
    pushed.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
}

fn hello(content: &str) -> Push {
    message(1, text(content))
}

proptest! {
    #[test]
    fn a_written_reply_is_read_again(reply in reply(), cdata: bool, format in format()) {
        let document = Writer { cdata }.document(&reply);
        prop_assert_eq!(read(document.as_bytes(), format, Mode::Plain), Ok(reply));
    }

    #[test]
    fn an_encrypted_reply_is_read_again(
        reply in reply(), cdata: bool, random: [u8; 16], mode in mode(),
    ) {
        let document = Writer { cdata }.document(&reply);
        prop_assert_eq!(read(sealed(&document, random).as_bytes(), Format::Xml, mode), Ok(reply));
    }

    #[test]
    fn what_is_encrypted_is_decrypted(
        message: Vec<u8>, random: [u8; 16], key: [[u8; 8]; 6], app_id: [u8; 8],
    ) {
        let mut bytes = [0; 43];
        bytes.copy_from_slice(&key.as_flattened()[..43]);
        let (key, app_id) = (EncodingAesKey::from_bytes(bytes), AppId::from_bytes(app_id));
        let encrypted = encrypt(&key, &app_id, &message, random);
        prop_assert_eq!(decrypt(&key, &app_id, &encrypted), Ok(message));
    }

    #[test]
    fn every_push_is_signed_and_opens_to_its_plain_form(
        content in any::<String>(), random: [u8; 12], format in format(), mode in mode(),
    ) {
        let keys = credentials();
        let stamp = Stamp::new(1_760_000_000, random);
        let plain = render(&hello(&content), format, Mode::Plain, &keys, &stamp);
        let pushed = render(&hello(&content), format, mode, &keys, &stamp);
        let nonce = stamp.nonce.to_string();
        let signed = signature(&keys.token, "1760000000", &nonce);
        prop_assert_eq!(value_of(&pushed.query, "signature"), Some(signed.as_str()));
        if mode == Mode::Plain {
            prop_assert_eq!(pushed, plain);
            return Ok(());
        }
        let encrypt = ciphertext(&pushed.body, format).expect("a ciphertext");
        prop_assert_eq!(decrypt(&keys.aes_key, &keys.app_id, &encrypt), Ok(plain.body));
        let signed = msg_signature(&keys.token, "1760000000", &nonce, &encrypt);
        prop_assert_eq!(value_of(&pushed.query, "msg_signature"), Some(signed.as_str()));
    }

    #[test]
    fn every_json_push_carries_its_text(content: String) {
        let stamp = Stamp::new(1_760_000_000, [0; 12]);
        let pushed = render(&hello(&content), Format::Json, Mode::Plain, &credentials(), &stamp);
        let object: serde_json::Value = serde_json::from_slice(&pushed.body).expect("json");
        prop_assert_eq!(object["Content"].as_str(), Some(content.as_str()));
        prop_assert_eq!(object["MsgId"].as_i64(), Some(1));
    }

    #[test]
    fn every_error_is_json(code: i32, text in proptest::option::of(any::<String>())) {
        let rid = Rid::new(0, 1, 2);
        let body = error_body(ErrCode(code), text.as_deref(), rid, Family::Cgi);
        let object: serde_json::Value = serde_json::from_str(&body).expect("json");
        prop_assert_eq!(object["errcode"].as_i64(), Some(i64::from(code)));
        prop_assert!(object["errmsg"].is_string());
    }

    #[test]
    fn reading_never_panics(body: Vec<u8>, format in format(), mode in mode()) {
        let _ = read(&body, format, mode);
    }

    #[test]
    fn reading_a_damaged_reply_never_panics(
        reply in reply(), cut in 0..4096_usize, at in 0..4096_usize, byte: u8, mode in mode(),
    ) {
        let mut body = Writer { cdata: true }.document(&reply).into_bytes();
        let at = at % body.len();
        body[at] = byte;
        body.truncate(cut.max(1));
        let _ = read(&body, Format::Xml, mode);
    }

    #[test]
    fn decrypting_never_panics(bytes: Vec<u8>, text: String) {
        use base64::Engine as _;
        let keys = credentials();
        let _ = decrypt(&keys.aes_key, &keys.app_id, &text);
        let encoded = base64::engine::general_purpose::STANDARD.encode(bytes);
        let _ = decrypt(&keys.aes_key, &keys.app_id, &encoded);
    }

    #[test]
    fn parsing_an_id_keeps_it_or_refuses_it(text in "(wx|gh_|o|)[0-9a-zA-Z_-]{0,45}|\\PC*") {
        for kept in [
            AppId::parse(&text).ok().map(|id| id.to_string()),
            Username::parse(&text).ok().map(|id| id.to_string()),
            OpenId::parse(&text).ok().map(|id| id.to_string()),
            MediaId::parse(&text).ok().map(|id| id.to_string()),
            Rid::parse(&text).ok().map(|id| id.to_string()),
            AppSecret::parse(&text).ok().map(|id| id.expose().to_owned()),
            Token::parse(&text).ok().map(|id| id.expose().to_owned()),
            EncodingAesKey::parse(&text).ok().map(|id| id.expose().to_owned()),
        ].into_iter().flatten() {
            prop_assert_eq!(&kept, &text);
        }
    }

    #[test]
    fn every_rid_is_read_again(secs: u32, first: u32, second: u32) {
        let rid = Rid::new(secs, first, second);
        prop_assert_eq!(Rid::parse(&rid.to_string()), Ok(rid));
    }

    #[test]
    fn looking_up_a_path_never_panics(path in "(/[a-z0-9{}._-]{0,12}){0,20}|\\PC*") {
        for host in [HostGroup::Api, HostGroup::Mch, HostGroup::Qyapi] {
            if let Some(found) = find(host, &path) {
                prop_assert_eq!(found.first().host, host);
            }
        }
    }
}
