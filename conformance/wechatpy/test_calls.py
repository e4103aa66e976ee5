"""Every call that wechatpy has: made by the other tests, or refused as not built yet."""

from typing import Any

import pytest
from wechatpy import WeChatClient, WeChatComponent, WeChatOAuth
from wechatpy.enterprise import WeChatClient as EnterpriseClient
from wechatpy.exceptions import WeChatException
from wechatpy.pay import WeChatPay

import library
from arguments import arguments_for
from harness import refusals
from harness.calls import Ledger
from harness.sandbox import Account


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    refusals.name_calls(metafunc)


@pytest.fixture(scope="module")
def objects(account: Account) -> dict[str, Any]:
    """One object of each class, as far on as it can come today."""
    client = WeChatClient(account.appid, account.secret)
    oauth = WeChatOAuth(account.appid, account.secret, "https://tea.example/login")
    oauth.open_id, oauth.access_token = "o" * 28, client.access_token
    component = WeChatComponent(account.appid, account.secret, "token", "A" * 43)
    component.session.set("component_verify_ticket", "invented")
    component.session.set("component_access_token", "invented")
    return {
        "client": client,
        "oauth": oauth,
        "component": component,
        "pay": WeChatPay(account.appid, "key", "1900000001"),
        "enterprise": EnterpriseClient("ww0000000000000000", "secret", "invented"),
    }


def code_of(error: WeChatException) -> int | str:
    """The platform's code; of a payment, its word."""
    return getattr(error, "return_code", error.errcode)


def test_list_names_every_call_of_the_library(ledger: Ledger):
    assert list(ledger.calls) == library.calls()


# The library warns that some of its calls will go.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_call_is_refused(refused_call: str, objects, table, journal, ledger: Ledger):
    call = ledger.calls[refused_call]
    function = library.find(objects, call.name)
    values = arguments_for(call.name, function)
    outcome = refusals.outcome(
        lambda: ledger.make(call.name, function, **values), code_of, WeChatException
    )
    refusals.check(call, journal[-1], table, outcome)
    ledger.accept(call.name)


@pytest.mark.last
def test_call_was_made(made_call: str, ledger: Ledger):
    assert made_call in ledger.passed, "no test that passed made it"
