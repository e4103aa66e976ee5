//! The kinds of reply, and the fields of each.

use super::field::{broken_at, filled, group, media_id, optional, text_of};
use super::invalid::{Broken, Rule, shortened};
use super::node::Node;
use super::{Music, News, NewsArticle, Reply, Video};

/// How long a text may be, in bytes of UTF-8. From old rules; still kept.
pub const MAX_TEXT_BYTES: usize = 2048;

pub(super) fn read(answer: &Node) -> Result<Reply, Broken> {
    match filled(answer, "MsgType")? {
        "text" => text(answer),
        "image" => media(answer, "Image").map(|media_id| Reply::Image { media_id }),
        "voice" => media(answer, "Voice").map(|media_id| Reply::Voice { media_id }),
        "video" => video(answer),
        "music" => music(answer),
        "news" => news(answer),
        "transfer_customer_service" => transfer(answer),
        "transfer_biz_ai_ivr" => Ok(Reply::TransferBizAiIvr),
        other => Err(broken_at(answer, "MsgType", Rule::UnknownMsgType(shortened(other)))),
    }
}

/// Here blanks count: they are part of what the person sees.
fn text(answer: &Node) -> Result<Reply, Broken> {
    let content = text_of(group(answer, "Content")?, "Content")?;
    let rule = match content.len() {
        0 => Rule::Empty("Content"),
        1..=MAX_TEXT_BYTES => return Ok(Reply::Text { content: content.to_owned() }),
        size_bytes => Rule::TextTooLong { size_bytes, limit_bytes: MAX_TEXT_BYTES },
    };
    Err(broken_at(answer, "Content", rule))
}

fn media(answer: &Node, name: &'static str) -> Result<crate::ids::MediaId, Broken> {
    media_id(group(answer, name)?, "MediaId")
}

fn video(answer: &Node) -> Result<Reply, Broken> {
    let video = group(answer, "Video")?;
    Ok(Reply::Video(Video {
        media_id: media_id(video, "MediaId")?,
        title: optional(video, "Title")?,
        description: optional(video, "Description")?,
    }))
}

fn music(answer: &Node) -> Result<Reply, Broken> {
    let music = group(answer, "Music")?;
    let thumb_media_id = match optional(music, "ThumbMediaId")?.as_str() {
        "" => None,
        _ => Some(media_id(music, "ThumbMediaId")?),
    };
    Ok(Reply::Music(Music {
        title: optional(music, "Title")?,
        description: optional(music, "Description")?,
        music_url: optional(music, "MusicUrl")?,
        hq_music_url: optional(music, "HQMusicUrl")?,
        thumb_media_id,
    }))
}

fn news(answer: &Node) -> Result<Reply, Broken> {
    let items = group(answer, "Articles")?.children.iter().filter(|child| child.name == "item");
    let mut articles = items.map(article).collect::<Result<Vec<_>, _>>()?;
    // Which of the two counts when they differ is not documented: the smaller.
    if let Ok(count) = optional(answer, "ArticleCount")?.parse() {
        articles.truncate(count);
    }
    if articles.is_empty() {
        return Err(broken_at(answer, "Articles", Rule::Empty("Articles")));
    }
    Ok(Reply::News(News { articles }))
}

fn article(item: &Node) -> Result<NewsArticle, Broken> {
    Ok(NewsArticle {
        title: optional(item, "Title")?,
        description: optional(item, "Description")?,
        pic_url: optional(item, "PicUrl")?,
        url: optional(item, "Url")?,
    })
}

fn transfer(answer: &Node) -> Result<Reply, Broken> {
    let target = answer.child("TransInfo").map(|info| optional(info, "KfAccount")).transpose()?;
    let kf_account = target.filter(|account| !account.is_empty());
    Ok(Reply::TransferCustomerService { kf_account })
}
