"""Access tokens: got, kept, and got anew in time."""

import time

import pytest
from werobot.client import Client, ClientException

from harness.calls import Witness
from harness.sandbox import Account, Sandbox


def error_of(call, *values) -> int:
    """WeRoBot's errors are texts that begin with the code."""
    with pytest.raises(ClientException) as error:
        call(*values)
    return int(str(error.value).split(":")[0])


def test_token_lives_two_hours(client: Witness):
    answer = client.grant_token()
    assert set(answer) == {"access_token", "expires_in"}
    assert answer["expires_in"] == 7200


def test_token_is_got_once_and_kept(client: Witness, journal):
    since = len(journal)
    token = client.get_access_token()
    assert client.get_access_token() == token
    assert client.get_ip_list() == {"ip_list": ["127.0.0.1"]}
    paths = [asked.path for asked in journal[since:]]
    assert paths == ["/cgi-bin/token", "/cgi-bin/getcallbackip"]


def test_token_is_got_anew_a_minute_before_its_end(client: Witness, plain_client: Client):
    old = client.get_access_token()
    plain_client.token_expires_at = time.time() + 59
    new = client.get_access_token()
    assert new != old
    assert client.get_ip_list() == {"ip_list": ["127.0.0.1"]}


def test_expired_token_is_42001(client: Witness, sandbox: Sandbox):
    client.get_access_token()
    sandbox.advance("2h1s")
    assert error_of(client.get_ip_list) == 42001


def test_wrong_secret_is_40125(account: Account):
    client = Client({"APP_ID": account.appid, "APP_SECRET": "0" * 32})
    assert error_of(client.grant_token) == 40125


def test_unknown_appid_is_40013(account: Account):
    client = Client({"APP_ID": "wx0000000000000000", "APP_SECRET": account.secret})
    assert error_of(client.grant_token) == 40013
