"""Every passive reply that wechatpy can make reaches the person, in every callback mode."""

import pytest
import requests
from wechatpy import WeChatClient, replies

from harness import files
from harness.house import House, statuses
from harness.sandbox import TOKEN, Refused, Sandbox

MUSIC = {
    "title": "高山流水",
    "description": "古琴",
    "music_url": "https://tea.example/low.mp3",
    "hq_music_url": "https://tea.example/high.mp3",
}

ARTICLE = {
    "title": "谷雨",
    "description": "采茶的最后一个节气",
    "image": "https://tea.example/guyu.png",
    "url": "https://tea.example/guyu?from=bot&n=1",
}

SHOWN_ARTICLE = {
    "title": ARTICLE["title"],
    "description": ARTICLE["description"],
    "picurl": ARTICLE["image"],
    "url": ARTICLE["url"],
}


def ask(sandbox: Sandbox, house: House, answer) -> dict:
    """A person asks, and the bot answers that."""
    person = sandbox.create_person("林夏")
    person.follow(house.appid)
    house.bot.answer = answer
    return person.say(house.appid, "在吗")


def shown(sandbox: Sandbox, house: House, answer) -> dict:
    """The one message that the person sees of the answer."""
    asked = ask(sandbox, house, answer)
    assert statuses(asked) == ["replied"]
    (reply,) = asked["replies"]
    assert reply["from"] == "account"
    return reply


def upload(house: House, kind: str, content: bytes) -> str:
    client = WeChatClient(house.appid, house.account.secret)
    answer = client.media.upload(kind, (f"file.{kind}", content))
    return answer["thumb_media_id" if kind == "thumb" else "media_id"]


def test_text(sandbox, house):
    text = "有的。\n  <a href=\"https://tea.example/?a=1&b=2\">茶单</a> & 🍵"
    assert shown(sandbox, house, lambda _: text)["content"] == text


def test_text_object(sandbox, house):
    reply = shown(sandbox, house, lambda message: replies.TextReply(
        message=message, content=f"你说“{message.content}”"))
    assert (reply["type"], reply["content"]) == ("text", "你说“在吗”")


def test_empty_answer_shows_nothing(sandbox, house):
    # Of nothing the library makes its EmptyReply; given one, it raises an error of its own.
    asked = ask(sandbox, house, lambda _: None)
    assert statuses(asked) == ["acknowledged"]
    assert asked["replies"] == []


def test_picture(sandbox, house):
    media_id = upload(house, "image", files.PNG)
    reply = shown(sandbox, house, lambda message: replies.ImageReply(
        message=message, media_id=media_id))
    assert reply["type"] == "image"
    assert requests.get(reply["url"]).content == files.PNG


def test_voice(sandbox, house):
    media_id = upload(house, "voice", files.VOICE)
    reply = shown(sandbox, house, lambda message: replies.VoiceReply(
        message=message, media_id=media_id))
    assert reply["type"] == "voice"
    assert requests.get(reply["url"]).content == files.VOICE


def test_video(sandbox, house):
    media_id = upload(house, "video", files.FILM)
    words = {"title": "采茶", "description": "清晨的半山"}
    reply = shown(sandbox, house, lambda message: replies.VideoReply(
        message=message, media_id=media_id, **words))
    assert reply["type"] == "video"
    assert {name: reply[name] for name in words} == words
    assert requests.get(reply["url"]).content == files.FILM


def test_music(sandbox, house):
    thumb = upload(house, "thumb", files.JPEG)
    reply = shown(sandbox, house, lambda message: replies.MusicReply(
        message=message, thumb_media_id=thumb, **MUSIC))
    assert (reply["type"], reply["title"]) == ("music", MUSIC["title"])
    assert reply["description"] == MUSIC["description"]
    assert reply["musicurl"] == MUSIC["music_url"]
    assert reply["hqmusicurl"] == MUSIC["hq_music_url"]
    assert requests.get(reply["thumb_url"]).content == files.JPEG


def test_news(sandbox, house):
    reply = shown(sandbox, house, lambda message: replies.ArticlesReply(
        message=message, articles=[ARTICLE]))
    assert (reply["type"], reply["articles"]) == ("news", [SHOWN_ARTICLE])


def test_second_article_to_a_message_is_not_shown(sandbox, house):
    assert shown(sandbox, house, lambda _: [ARTICLE, ARTICLE])["articles"] == [SHOWN_ARTICLE]


def test_ten_articles_to_an_event_show_eight(sandbox, house):
    house.bot.answer = lambda _: [ARTICLE] * 10
    (reply,) = sandbox.create_person("林夏").follow(house.appid)["replies"]
    assert reply["articles"] == [SHOWN_ARTICLE] * 8


def test_hand_over_to_the_desk_shows_nothing(sandbox, house):
    asked = ask(sandbox, house, lambda message: replies.TransferCustomerServiceReply(
        message=message))
    assert statuses(asked) == ["replied"]
    assert asked["replies"] == []


@pytest.mark.parametrize("kind", ["device_text", "device_event", "device_status", "hardware"])
def test_withdrawn_kinds_are_no_replies(sandbox, house, kind):
    fields = {"hardware": {"view": "myrank", "action": "ranklist"}} if kind == "hardware" else {}
    fields |= {"status": 1} if kind == "device_status" else {}
    asked = ask(sandbox, house, lambda message: replies.REPLY_TYPES[kind](
        message=message, **fields))
    (delivery,) = asked["deliveries"]
    assert delivery["status"] == "failed"
    assert kind in delivery["reason"]
    assert len(delivery["attempts"]) == 3
    assert [reply["from"] for reply in asked["replies"]] == ["system"]
    # Five failures in a row would suspend the server; an answer ends the row.
    assert shown(sandbox, house, lambda _: "好了")["content"] == "好了"


def test_every_kind_of_reply_is_tested():
    tested = {"text", "empty", "image", "voice", "video", "music", "news"}
    tested |= {"transfer_customer_service", "device_text", "device_event", "device_status"}
    assert set(replies.REPLY_TYPES) == tested | {"hardware"}


def test_server_that_does_not_know_the_token_is_not_taken(sandbox, house):
    listed = sandbox.get(f"/accounts/{house.appid}")
    callback = {"url": listed["callback"]["url"], "token": TOKEN + "x", "mode": "plain"}
    with pytest.raises(Refused) as refused:
        sandbox.create_account(callback=callback)
    assert (refused.value.status, refused.value.code) == (422, "callback_rejected")
