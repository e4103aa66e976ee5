"""wechatpy's bot and client."""

import pytest
from wechatpy import WeChatClient

from bot import Bot
from harness.calls import Ledger, Witness
from harness.sandbox import Account


@pytest.fixture(scope="session")
def new_bot() -> type[Bot]:
    return Bot


@pytest.fixture
def plain_client(account: Account) -> WeChatClient:
    return WeChatClient(account.appid, account.secret)


@pytest.fixture
def client(plain_client: WeChatClient, ledger: Ledger) -> Witness:
    return Witness(plain_client, "client", ledger)
