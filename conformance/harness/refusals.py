"""What calls must end in whose endpoints are not built yet, and what they did end in."""

import inspect
import json
from collections.abc import Callable
from typing import Any

import pytest
import requests

from harness.calls import MADE, NOT_BUILT, UNKNOWN, Call, Ledger
from harness.hosts import Asked
from harness.plugin import LEDGER

Statuses = dict[tuple[str, str], set[str]]

UNKNOWN_PATH = 40066
API_UNAUTHORIZED = 48001
ENTERPRISE_FORBIDDEN = 48002
PAYMENT_FAILED = "FAIL"
PAGE = "page"

# Endpoints that people open in a browser: a sentence instead of the page.
PAGES = {"/cgi-bin/showqrcode"}


def name_calls(metafunc: pytest.Metafunc) -> None:
    """A test for each call of the list that is not built, or that is."""
    ledger: Ledger = metafunc.config.stash[LEDGER]
    if "refused_call" in metafunc.fixturenames:
        metafunc.parametrize("refused_call", ledger.names(*NOT_BUILT))
    if "made_call" in metafunc.fixturenames:
        metafunc.parametrize("made_call", ledger.names(MADE))


def expected(call: Call, asked: Asked) -> int | str:
    """In what a call must end."""
    if call.answer:
        return int(call.answer)
    if call.status == UNKNOWN:
        return UNKNOWN_PATH
    if asked.path in PAGES:
        return PAGE
    refusals = {"mch": PAYMENT_FAILED, "qyapi": ENTERPRISE_FORBIDDEN}
    return refusals.get(asked.group, API_UNAUTHORIZED)


def check(call: Call, asked: Asked, table: Statuses, outcome: Any) -> None:
    """The list agrees with the library, the table and the answer."""
    assert asked.endpoint == call.endpoint
    statuses = table.get((asked.group, asked.path), {UNKNOWN})
    assert call.status in statuses, "a call whose endpoint is built has to be tested"
    assert outcome == expected(call, asked)


def outcome(make: Callable[[], Any], code_of: Callable[[Exception], Any], errors: type) -> Any:
    """What a call ended in: the code that `code_of` finds in the library's own error, or in what
    the library hands on as it came."""
    try:
        answer = make()
        # A function that walks through pages asks for the first one when it is told to go on.
        answer = next(answer) if inspect.isgenerator(answer) else answer
    except errors as error:
        return code_of(error)
    return code_in(answer)


def code_in(answer: Any) -> Any:
    """The code in an answer that a library does not look into."""
    if isinstance(answer, str):
        return json.loads(answer)["errcode"]
    assert isinstance(answer, requests.Response), f"{answer!r} is no refusal"
    if answer.status_code == requests.codes.not_implemented:
        assert answer.headers["Content-Type"].startswith("text/html")
        return PAGE
    return answer.json()["errcode"]
