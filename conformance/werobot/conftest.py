"""WeRoBot's robot and client."""

import pytest
from werobot.client import Client

from bot import Bot
from harness.calls import Ledger, Witness
from harness.sandbox import Account


@pytest.fixture(scope="session")
def new_bot() -> type[Bot]:
    return Bot


@pytest.fixture
def plain_client(account: Account) -> Client:
    return Client({"APP_ID": account.appid, "APP_SECRET": account.secret})


@pytest.fixture
def client(plain_client: Client, ledger: Ledger) -> Witness:
    return Witness(plain_client, "client", ledger)
