"""Customer-service messages of every type arrive, within the windows that the person opened."""

import pytest
import requests
from wechatpy import WeChatClientException

from harness import files
from harness.calls import Ledger, Witness
from harness.house import Guest
from harness.sandbox import Sandbox

ARTICLE = {
    "title": "谷雨",
    "description": "采茶的最后一个节气",
    "url": "https://tea.example/guyu?from=bot&n=1",
    "picurl": "https://tea.example/guyu.png",
}


def upload(client: Witness, kind: str, content: bytes) -> str:
    answer = client.media.upload(kind, (f"file.{kind}", content))
    return answer["thumb_media_id" if kind == "thumb" else "media_id"]


def error_of(call, *values) -> int:
    with pytest.raises(WeChatClientException) as error:
        call(*values)
    return error.value.errcode


def test_text(client: Witness, guest: Guest):
    text = "  水开了。\n<a href=\"https://tea.example/?a=1&b=2\">茶单</a> ]]> 🍵 "
    assert client.message.send_text(guest.openid, text) == {"errcode": 0, "errmsg": "ok"}
    latest = guest.latest
    assert (latest["from"], latest["type"]) == ("account", "text")
    assert latest["content"] == text


def test_picture(client: Witness, guest: Guest):
    client.message.send_image(guest.openid, upload(client, "image", files.PNG))
    latest = guest.latest
    assert latest["type"] == "image"
    assert requests.get(latest["url"]).content == files.PNG
    assert client.media.download(latest["media_id"]).content == files.PNG


def test_voice(client: Witness, guest: Guest):
    client.message.send_voice(guest.openid, upload(client, "voice", files.VOICE))
    latest = guest.latest
    assert latest["type"] == "voice"
    assert requests.get(latest["url"]).content == files.VOICE


def test_video_without_a_cover(client: Witness, guest: Guest):
    media_id = upload(client, "video", files.FILM)
    client.message.send_video(guest.openid, media_id, "采茶", "清晨的半山")
    latest = guest.latest
    assert (latest["type"], latest["title"]) == ("video", "采茶")
    assert latest["description"] == "清晨的半山"
    assert requests.get(latest["url"]).content == files.FILM


def test_music(client: Witness, guest: Guest):
    low, high = "https://tea.example/low.mp3", "https://tea.example/high.mp3"
    thumb = upload(client, "thumb", files.JPEG)
    client.message.send_music(guest.openid, low, high, thumb, "高山流水", "古琴")
    latest = guest.latest
    assert (latest["type"], latest["title"]) == ("music", "高山流水")
    assert latest["description"] == "古琴"
    assert (latest["musicurl"], latest["hqmusicurl"]) == (low, high)
    assert requests.get(latest["thumb_url"]).content == files.JPEG


def test_news(client: Witness, guest: Guest):
    client.message.send_articles(guest.openid, [ARTICLE])
    latest = guest.latest
    assert (latest["type"], latest["articles"]) == ("news", [ARTICLE])


def test_article_of_the_materials(client: Witness, guest: Guest):
    client.message.send_articles(guest.openid, "x" * 43)
    latest = guest.latest
    assert (latest["type"], latest["media_id"]) == ("mpnews", "x" * 43)


def test_two_articles_are_45008(client: Witness, guest: Guest):
    assert error_of(client.message.send_articles, guest.openid, [ARTICLE, ARTICLE]) == 45008


def test_menu(client: Witness, guest: Guest):
    menu = {
        "head_content": "今天的茶好喝吗？",
        "list": [{"id": "101", "content": "好"}, {"id": "102", "content": "一般"}],
        "tail_content": "谢谢",
    }
    client.message.send_msg_menu(guest.openid, menu)
    latest = guest.latest
    assert latest["type"] == "msgmenu"
    assert {name: latest[name] for name in menu} == menu


def test_mini_program_page(client: Witness, guest: Guest):
    page = {"title": "订座", "appid": "wx0a1b2c3d4e5f6072", "pagepath": "pages/seat?n=2"}
    picture = upload(client, "image", files.JPEG)
    client.message.send_mini_program_page(guest.openid, page | {"thumb_media_id": picture})
    latest = guest.latest
    assert latest["type"] == "miniprogrampage"
    assert {name: latest[name] for name in page} == page
    assert requests.get(latest["thumb_url"]).content == files.JPEG


def test_card(client: Witness, guest: Guest):
    client.message.send_card(guest.openid, "pFS7Fjg8kV1IdDz01r4SQwMkuCKc")
    latest = guest.latest
    assert (latest["type"], latest["card_id"]) == ("wxcard", "pFS7Fjg8kV1IdDz01r4SQwMkuCKc")


def test_link_is_for_mini_programs_only(client: Witness, guest: Guest, ledger: Ledger):
    assert error_of(client.message.send_link, guest.openid, ARTICLE) == 40008
    ledger.accept("client.message.send_link")


def test_typing_is_accepted_once(client: Witness, guest: Guest):
    path = "message/custom/typing"
    typing = {"touser": guest.openid, "command": "Typing"}
    assert client.post(path, data=typing) == {"errcode": 0, "errmsg": "ok"}
    assert error_of(lambda: client.post(path, data=typing)) == 45081
    cancel = typing | {"command": "CancelTyping"}
    assert client.post(path, data=cancel) == {"errcode": 0, "errmsg": "ok"}


def test_sixth_message_is_45047(client: Witness, guest: Guest, sandbox: Sandbox):
    sandbox.advance("1m1s")  # What the follow opened has ended.
    for number in range(5):
        client.message.send_text(guest.openid, f"第{number}杯")
    assert error_of(client.message.send_text, guest.openid, "第五杯") == 45047
    guest.person.say(guest.appid, "再来一壶")
    client.message.send_text(guest.openid, "来了")
    assert guest.latest["content"] == "来了"


def test_two_days_later_is_45015(client: Witness, guest: Guest, sandbox: Sandbox):
    sandbox.advance("48h1s")
    assert error_of(client.message.send_text, guest.openid, "还在吗") == 45015


def test_stranger_is_40003(client: Witness):
    assert error_of(client.message.send_text, "o" * 28, "茶") == 40003


def test_addresses_of_the_api(client: Witness):
    assert client.get("get_api_domain_ip")["ip_list"]
