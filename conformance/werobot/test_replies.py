"""Every passive reply that WeRoBot can make reaches the person, in every callback mode."""

import requests
from werobot import replies
from werobot.client import Client

from harness import files
from harness.house import House, statuses
from harness.sandbox import Sandbox

SONG = {"title": "高山流水", "description": "古琴"}
LOW, HIGH = "https://tea.example/low.mp3", "https://tea.example/high.mp3"

ARTICLE = ("谷雨", "采茶的最后一个节气", "https://tea.example/g.png", "https://tea.example/?a=1&b=2")

SHOWN_ARTICLE = dict(zip(("title", "description", "picurl", "url"), ARTICLE))


def ask(sandbox: Sandbox, house: House, answer) -> dict:
    """A person asks, and the robot answers that."""
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
    client = Client({"APP_ID": house.appid, "APP_SECRET": house.account.secret})
    return client.upload_media(kind, (f"file.{kind}", content))["media_id"]


def test_text(sandbox, house):
    text = "有的。\n  <a href=\"https://tea.example/?a=1&b=2\">茶单</a> & 🍵"
    assert shown(sandbox, house, lambda _: text)["content"] == text


def test_text_object(sandbox, house):
    reply = shown(sandbox, house, lambda message: replies.TextReply(
        message=message, content=f"你说“{message.content}”"))
    assert (reply["type"], reply["content"]) == ("text", "你说“在吗”")


def test_no_answer_shows_nothing(sandbox, house):
    asked = ask(sandbox, house, lambda _: None)
    assert statuses(asked) == ["acknowledged"]
    assert asked["replies"] == []


def test_success_shows_nothing(sandbox, house):
    # In the encrypted modes the robot encrypts the word.
    asked = ask(sandbox, house, lambda message: replies.SuccessReply(message=message))
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
    reply = shown(sandbox, house, lambda message: replies.VideoReply(
        message=message, media_id=media_id, title="采茶", description="清晨的半山"))
    assert (reply["type"], reply["title"]) == ("video", "采茶")
    assert reply["description"] == "清晨的半山"
    assert requests.get(reply["url"]).content == files.FILM


def test_video_without_words(sandbox, house):
    media_id = upload(house, "video", files.FILM)
    reply = shown(sandbox, house, lambda message: replies.VideoReply(
        message=message, media_id=media_id))
    assert requests.get(reply["url"]).content == files.FILM


def test_music_has_no_cover(sandbox, house):
    reply = shown(sandbox, house, lambda message: replies.MusicReply(
        message=message, url=LOW, hq_url=HIGH, **SONG))
    assert reply["type"] == "music"
    assert {name: reply[name] for name in SONG} == SONG
    assert (reply["musicurl"], reply["hqmusicurl"]) == (LOW, HIGH)


def test_three_texts_are_music(sandbox, house):
    reply = shown(sandbox, house, lambda _: [*SONG.values(), LOW])
    assert {name: reply[name] for name in SONG} == SONG
    assert (reply["musicurl"], reply["hqmusicurl"]) == (LOW, LOW)


def test_news(sandbox, house):
    def news(message):
        reply = replies.ArticlesReply(message=message)
        reply.add_article(replies.Article(*ARTICLE))
        return reply

    reply = shown(sandbox, house, news)
    assert (reply["type"], reply["articles"]) == ("news", [SHOWN_ARTICLE])


def test_ten_articles_to_an_event_show_eight(sandbox, house):
    house.bot.answer = lambda _: [list(ARTICLE)] * 10
    (reply,) = sandbox.create_person("林夏").follow(house.appid)["replies"]
    assert reply["articles"] == [SHOWN_ARTICLE] * 8


def test_hand_over_to_the_desk_shows_nothing(sandbox, house):
    asked = ask(sandbox, house, lambda message: replies.TransferCustomerServiceReply(
        message=message))
    assert statuses(asked) == ["replied"]
    assert asked["replies"] == []


def test_hand_over_to_somebody_at_the_desk_shows_nothing(sandbox, house):
    asked = ask(sandbox, house, lambda message: replies.TransferCustomerServiceReply(
        message=message, account="test1@test"))
    assert statuses(asked) == ["replied"]
    assert asked["replies"] == []


def test_every_kind_of_reply_is_tested():
    kinds = {kind.__name__ for kind in replies.WeChatReply.__subclasses__()}
    tested = {"TextReply", "ImageReply", "VoiceReply", "VideoReply", "MusicReply"}
    assert kinds == tested | {"ArticlesReply", "SuccessReply", "TransferCustomerServiceReply"}
