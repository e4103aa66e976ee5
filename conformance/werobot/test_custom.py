"""Customer-service messages of every type arrive."""

import pytest
import requests
from werobot.client import ClientException
from werobot.replies import Article

from harness import files
from harness.calls import Witness
from harness.house import Guest

OK = {"errcode": 0, "errmsg": "ok"}
API = "https://api.weixin.qq.com/cgi-bin"


def upload(client: Witness, kind: str, content: bytes) -> str:
    answer = client.upload_media(kind, (f"file.{kind}", content))
    return answer["thumb_media_id" if kind == "thumb" else "media_id"]


def test_text(client: Witness, guest: Guest):
    text = "  水开了。\n<a href=\"https://tea.example/?a=1&b=2\">茶单</a> ]]> 🍵 "
    assert client.send_text_message(guest.openid, text) == OK
    latest = guest.latest
    assert (latest["from"], latest["type"]) == ("account", "text")
    assert latest["content"] == text


def test_picture(client: Witness, guest: Guest):
    client.send_image_message(guest.openid, upload(client, "image", files.PNG))
    latest = guest.latest
    assert latest["type"] == "image"
    assert requests.get(latest["url"]).content == files.PNG


def test_voice(client: Witness, guest: Guest):
    client.send_voice_message(guest.openid, upload(client, "voice", files.VOICE))
    latest = guest.latest
    assert latest["type"] == "voice"
    assert requests.get(latest["url"]).content == files.VOICE


def test_video_without_a_cover(client: Witness, guest: Guest):
    media_id = upload(client, "video", files.FILM)
    client.send_video_message(guest.openid, media_id, "采茶", "清晨的半山")
    latest = guest.latest
    assert (latest["type"], latest["title"]) == ("video", "采茶")
    assert latest["description"] == "清晨的半山"
    assert requests.get(latest["url"]).content == files.FILM


def test_music(client: Witness, guest: Guest):
    low, high = "https://tea.example/low.mp3", "https://tea.example/high.mp3"
    thumb = upload(client, "thumb", files.JPEG)
    client.send_music_message(guest.openid, low, high, thumb, "高山流水", "古琴")
    latest = guest.latest
    assert (latest["type"], latest["title"]) == ("music", "高山流水")
    assert latest["description"] == "古琴"
    assert (latest["musicurl"], latest["hqmusicurl"]) == (low, high)
    assert requests.get(latest["thumb_url"]).content == files.JPEG


def test_news(client: Witness, guest: Guest):
    article = Article("谷雨", "采茶", "https://tea.example/g.png", "https://tea.example/?a=1&b=2")
    client.send_article_message(guest.openid, [article])
    latest = guest.latest
    assert latest["type"] == "news"
    (shown,) = latest["articles"]
    assert (shown["title"], shown["description"]) == (article.title, article.description)
    assert (shown["picurl"], shown["url"]) == (article.img, article.url)


def test_article_of_the_materials(client: Witness, guest: Guest):
    client.send_news_message(guest.openid, "x" * 43)
    latest = guest.latest
    assert (latest["type"], latest["media_id"]) == ("mpnews", "x" * 43)


def test_mini_program_page(client: Witness, guest: Guest):
    page = {"title": "订座", "appid": "wx0a1b2c3d4e5f6072", "pagepath": "pages/seat?n=2"}
    picture = upload(client, "image", files.JPEG)
    client.send_miniprogrampage_message(guest.openid, thumb_media_id=picture, **page)
    latest = guest.latest
    assert latest["type"] == "miniprogrampage"
    assert {name: latest[name] for name in page} == page
    assert requests.get(latest["thumb_url"]).content == files.JPEG


def test_typing_is_accepted_once(client: Witness, guest: Guest):
    path = f"{API}/message/custom/typing"
    typing = {"touser": guest.openid, "command": "Typing"}
    assert client.post(path, data=typing) == OK
    with pytest.raises(ClientException, match="^45081: "):
        client.post(path, data=typing)
    assert client.post(path, data=typing | {"command": "CancelTyping"}) == OK


def test_addresses_of_the_api(client: Witness):
    assert client.get(f"{API}/get_api_domain_ip")["ip_list"]
