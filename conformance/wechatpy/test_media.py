"""Temporary media: what was uploaded comes back byte for byte, for three days."""

import io

import pytest
import requests
from wechatpy import WeChatClientException

from harness import files
from harness.calls import Witness
from harness.sandbox import Sandbox


@pytest.mark.parametrize(
    ("kind", "content", "content_type"),
    [
        ("image", files.PNG, "image/png"),
        ("image", files.JPEG, "image/jpeg"),
        ("voice", files.VOICE, "audio/amr"),
        ("thumb", files.JPEG, "image/jpeg"),
    ],
)
def test_file_comes_back_byte_for_byte(client: Witness, kind, content, content_type):
    uploaded = client.media.upload(kind, io.BytesIO(content))
    assert uploaded["type"] == kind
    assert isinstance(uploaded["created_at"], int)
    media_id = uploaded["thumb_media_id" if kind == "thumb" else "media_id"]
    downloaded = client.media.download(media_id)
    assert downloaded.content == content
    assert downloaded.headers["Content-Type"] == content_type
    assert downloaded.headers["Content-disposition"].startswith("attachment; filename=")


def test_film_comes_back_by_its_address(client: Witness):
    media_id = client.media.upload("video", ("采茶.mp4", files.FILM))["media_id"]
    answer = client.media.download(media_id)
    assert set(answer) == {"video_url"}
    assert requests.get(answer["video_url"]).content == files.FILM


def test_address_of_a_file_leads_to_it(client: Witness):
    media_id = client.media.upload("image", ("茶.png", files.PNG))["media_id"]
    assert requests.get(client.media.get_url(media_id)).content == files.PNG


@pytest.mark.parametrize("call", ["upload_image", "upload_mass_image"])
def test_picture_of_an_article_is_for_everybody(client: Witness, call):
    address = getattr(client.media, call)(("茶.png", files.PNG))
    assert requests.get(address).content == files.PNG


def test_large_upload_is_repeated_with_a_new_token(client, plain_client):
    plain_client.session.set(plain_client.access_token_key, "invented")
    # Larger than what a connection holds: the answer 40001 must be readable all the same.
    film = files.mp4(3_000) + bytes(8 << 20)
    media_id = client.media.upload("video", ("采茶.mp4", film))["media_id"]
    assert requests.get(client.media.download(media_id)["video_url"]).content == film


def test_type_is_told_by_content(client: Witness):
    with pytest.raises(WeChatClientException) as error:
        client.media.upload("image", ("picture.png", files.VOICE))
    assert error.value.errcode in (40004, 40005)


def test_file_is_gone_after_three_days(client: Witness, sandbox: Sandbox):
    media_id = client.media.upload("image", ("茶.png", files.PNG))["media_id"]
    sandbox.advance("2d23h")
    assert client.media.download(media_id).content == files.PNG
    sandbox.advance("1h1m")
    with pytest.raises(WeChatClientException) as error:
        client.media.download(media_id)
    assert error.value.errcode == 40007
