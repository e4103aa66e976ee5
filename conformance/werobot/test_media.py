"""Temporary media: what was uploaded comes back byte for byte."""

import io

import pytest
import requests

from harness import files
from harness.calls import Witness


class Named(io.BytesIO):
    """An open file: WeRoBot percent-encodes its whole name."""

    name = "/home/茶/新茶.png"


@pytest.mark.parametrize(
    ("kind", "content", "content_type"),
    [
        ("image", files.PNG, "image/png"),
        ("voice", files.VOICE, "audio/amr"),
        ("thumb", files.JPEG, "image/jpeg"),
    ],
)
def test_file_comes_back_byte_for_byte(client: Witness, kind, content, content_type):
    uploaded = client.upload_media(kind, Named(content))
    assert uploaded["type"] == kind
    media_id = uploaded["thumb_media_id" if kind == "thumb" else "media_id"]
    downloaded = client.download_media(media_id)
    assert downloaded.content == content
    assert downloaded.headers["Content-Type"] == content_type


def test_film_comes_back_by_its_address(client: Witness):
    media_id = client.upload_media("video", Named(files.FILM))["media_id"]
    answer = client.download_media(media_id).json()
    assert requests.get(answer["video_url"]).content == files.FILM


def test_picture_of_an_article_is_for_everybody(client: Witness):
    address = client.upload_news_picture(Named(files.PNG))["url"]
    assert requests.get(address).content == files.PNG


def test_unknown_media_id_is_an_error_in_plain_text(client: Witness):
    answer = client.download_media("x" * 64)
    assert answer.headers["Content-Type"] == "text/plain"
    assert "Content-disposition" not in answer.headers
    assert answer.json()["errcode"] == 40007
