"""Access tokens: got, kept, handed over, refreshed after 40001 and 42001."""

import pytest
from wechatpy import WeChatClient, WeChatClientException

from harness.calls import Witness
from harness.sandbox import Account, Sandbox

IPS = "GET api.weixin.qq.com/cgi-bin/getcallbackip"
TOKEN = "GET api.weixin.qq.com/cgi-bin/token"


def asked(journal, since: int) -> list[str]:
    return [request.endpoint for request in journal[since:]]


def error_of(call) -> int:
    with pytest.raises(WeChatClientException) as error:
        call()
    return error.value.errcode


def test_token_is_got_once_and_kept(client: Witness, journal):
    since = len(journal)
    assert client.misc.get_wechat_ips() == ["127.0.0.1"]
    assert client.misc.get_wechat_ips() == ["127.0.0.1"]
    assert asked(journal, since) == [TOKEN, IPS, IPS]


def test_token_lives_two_hours(client: Witness):
    answer = client.fetch_access_token()
    assert set(answer) == {"access_token", "expires_in"}
    assert answer["expires_in"] == 7200
    assert client.access_token == answer["access_token"]


def test_invented_token_is_replaced_and_the_call_repeated(client, plain_client, journal):
    plain_client.session.set(plain_client.access_token_key, "invented")
    since = len(journal)
    assert client.misc.get_wechat_ips() == ["127.0.0.1"]
    assert asked(journal, since) == [IPS, TOKEN, IPS]


def test_expired_token_is_replaced_and_the_call_repeated(
    client, plain_client, sandbox: Sandbox, journal
):
    token = client.fetch_access_token()["access_token"]
    sandbox.advance("2h1m")
    strict = WeChatClient(plain_client.appid, plain_client.secret, token, auto_retry=False)
    assert error_of(strict.misc.get_wechat_ips) == 42001
    since = len(journal)
    assert client.misc.get_wechat_ips() == ["127.0.0.1"]
    assert asked(journal, since) == [IPS, TOKEN, IPS]


def test_old_token_is_good_for_five_more_minutes(client, plain_client, sandbox: Sandbox):
    old = client.fetch_access_token()["access_token"]
    new = client.fetch_access_token()["access_token"]
    assert new != old
    strict = WeChatClient(plain_client.appid, plain_client.secret, old, auto_retry=False)
    assert strict.misc.get_wechat_ips() == ["127.0.0.1"]
    sandbox.advance("5m1s")
    assert error_of(strict.misc.get_wechat_ips) == 40001
    assert client.misc.get_wechat_ips() == ["127.0.0.1"]


def test_wrong_secret_is_40125(account: Account):
    client = WeChatClient(account.appid, "0" * 32)
    assert error_of(client.fetch_access_token) == 40125


def test_unknown_appid_is_40013(account: Account):
    client = WeChatClient("wx0000000000000000", account.secret)
    assert error_of(client.fetch_access_token) == 40013


def test_foreign_address_gets_no_token(sandbox: Sandbox):
    account = sandbox.create_account(ip_whitelist=["203.0.113.7"])
    client = WeChatClient(account.appid, account.secret)
    with pytest.raises(WeChatClientException) as error:
        client.fetch_access_token()
    assert error.value.errcode == 40164
    text = "invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist"
    assert text in error.value.errmsg


def test_account_that_is_not_verified_may_not_write(sandbox: Sandbox):
    account = sandbox.create_account(verified=False)
    client = WeChatClient(account.appid, account.secret)
    assert error_of(lambda: client.message.send_text("o" * 28, "茶")) == 48001
