"""Every message and event that a person causes reaches the robot, in every callback mode."""

import requests
from werobot.client import Client
from werobot.messages import events, messages

from harness import files
from harness.house import House, statuses
from harness.sandbox import Person, Sandbox


def visitor(sandbox: Sandbox, house: House) -> tuple[Person, str]:
    """A new follower of the house, and the OpenID. The robot forgets that she came."""
    person = sandbox.create_person("林夏")
    openid = person.follow(house.appid)["openid"]
    house.bot.received.clear()
    return person, openid


def send(sandbox: Sandbox, house: House, **fields) -> messages.WeChatMessage:
    """What the robot was given of a message, its frame already checked."""
    person, openid = visitor(sandbox, house)
    if "file" in fields:
        fields["media_id"] = person.upload(fields["type"], fields.pop("file"), "file")
    sent = person.send(house.appid, **fields)
    assert statuses(sent) == ["acknowledged"]
    (message,) = house.bot.received
    assert (message.type, message.message_id) == (fields["type"], sent["msg_id"])
    assert (message.source, message.target) == (openid, house.account.username)
    return message


def bytes_of(house: House, media_id: str) -> bytes:
    """What the account downloads under a media_id; of a film, by its address."""
    client = Client({"APP_ID": house.appid, "APP_SECRET": house.account.secret})
    answer = client.download_media(media_id)
    if answer.headers["Content-Type"] == "text/plain":
        answer = requests.get(answer.json()["video_url"])
    return answer.content


def test_text_arrives_word_for_word(sandbox, house):
    text = "“清明”前的龙井？<a href='x'>&amp;</a> ]]> \n第二行 🍵"
    message = send(sandbox, house, type="text", content=text)
    assert isinstance(message, messages.TextMessage)
    assert message.content == text


def test_picture_arrives_byte_for_byte(sandbox, house):
    message = send(sandbox, house, type="image", file=files.PNG)
    assert isinstance(message, messages.ImageMessage)
    assert requests.get(message.img).content == files.PNG
    assert bytes_of(house, message.MediaId) == files.PNG


def test_voice_arrives_byte_for_byte(sandbox, house):
    message = send(sandbox, house, type="voice", file=files.VOICE)
    assert isinstance(message, messages.VoiceMessage)
    assert message.format == "amr"
    assert bytes_of(house, message.media_id) == files.VOICE


def test_video_arrives_byte_for_byte_with_a_cover(sandbox, house):
    message = send(sandbox, house, type="video", file=files.FILM)
    assert isinstance(message, messages.VideoMessage)
    assert bytes_of(house, message.media_id) == files.FILM
    assert bytes_of(house, message.thumb_media_id).startswith(b"\xff\xd8\xff")


def test_short_video_arrives_byte_for_byte_with_a_cover(sandbox, house):
    message = send(sandbox, house, type="shortvideo", file=files.FILM)
    assert isinstance(message, messages.VideoMessage)
    assert bytes_of(house, message.media_id) == files.FILM
    assert bytes_of(house, message.thumb_media_id).startswith(b"\xff\xd8\xff")


def test_place_arrives(sandbox, house):
    place = {"latitude": 31.237238, "longitude": 121.666672, "scale": 15, "label": "上丰路 8 号"}
    message = send(sandbox, house, type="location", **place)
    assert isinstance(message, messages.LocationMessage)
    assert message.location == (31.237238, 121.666672)
    assert (message.scale, message.label) == (15, "上丰路 8 号")


def test_link_arrives(sandbox, house):
    link = {"title": "茶经", "description": "卷上", "url": "https://tea.example/?a=1&b=2"}
    message = send(sandbox, house, type="link", **link)
    assert isinstance(message, messages.LinkMessage)
    assert {name: getattr(message, name) for name in link} == link


def test_follower_is_announced(sandbox, house):
    openid = sandbox.create_person("林夏").follow(house.appid)["openid"]
    (event,) = house.bot.received
    assert isinstance(event, events.SubscribeEvent)
    assert (event.source, event.target) == (openid, house.account.username)
    assert event.ticket is None


def test_follower_by_a_code_is_announced_with_its_scene(sandbox, house):
    sandbox.create_person("林夏").follow(house.appid, scan="shelf_7")
    (event,) = house.bot.received
    assert isinstance(event, events.SubscribeEvent)
    assert event.key == "qrscene_shelf_7"


def test_leaver_is_announced(sandbox, house):
    person, openid = visitor(sandbox, house)
    person.unfollow(house.appid)
    (event,) = house.bot.received
    assert isinstance(event, events.UnSubscribeEvent)
    assert event.source == openid


def test_reported_place_is_announced(sandbox, house):
    person, openid = visitor(sandbox, house)
    person.locate(house.appid, latitude=31.267813, longitude=121.598755, precision=30)
    (event,) = house.bot.received
    assert isinstance(event, events.LocationEvent)
    assert event.source == openid
    assert (event.latitude, event.longitude) == (31.267813, 121.598755)
    assert event.precision == 30
