"""Every call that WeRoBot's client has: made by the other tests, or refused as not built yet."""

import pytest
from werobot.client import Client, ClientException

import library
from arguments import arguments_for
from harness import refusals
from harness.calls import Ledger
from harness.sandbox import Account


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    refusals.name_calls(metafunc)


@pytest.fixture(scope="module")
def shared_client(account: Account) -> Client:
    return Client({"APP_ID": account.appid, "APP_SECRET": account.secret})


def code_of(error: ClientException) -> int:
    """Its errors are texts that begin with the code."""
    return int(str(error).split(":")[0])


def test_list_names_every_call_of_the_library(ledger: Ledger):
    assert list(ledger.calls) == library.calls()


def test_call_is_refused(refused_call: str, shared_client, table, journal, ledger: Ledger):
    call = ledger.calls[refused_call]
    function = getattr(shared_client, call.name.removeprefix("client."))
    values = arguments_for(call.name, function)
    outcome = refusals.outcome(
        lambda: ledger.make(call.name, function, **values), code_of, ClientException
    )
    refusals.check(call, journal[-1], table, outcome)
    ledger.accept(call.name)


@pytest.mark.last
def test_call_was_made(made_call: str, ledger: Ledger):
    assert made_call in ledger.passed, "no test that passed made it"
