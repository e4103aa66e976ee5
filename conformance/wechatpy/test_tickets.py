"""Tickets for pages, and the signatures that are made of them."""

import hashlib

from harness.calls import Witness

PAGE = "https://tea.example/menu?table=7"


def test_ticket_for_pages_is_kept(client: Witness, journal):
    since = len(journal)
    ticket = client.jsapi.get_jsapi_ticket()
    assert client.jsapi.get_jsapi_ticket() == ticket
    assert len(journal) == since + 2, "a token and a ticket, once each"


def test_ticket_stays_the_same_while_it_lives(client: Witness):
    first, second = client.jsapi.get_ticket(), client.jsapi.get_ticket()
    assert first["ticket"] == second["ticket"]
    assert (first["errcode"], first["errmsg"]) == (0, "ok")
    assert 0 < second["expires_in"] <= first["expires_in"] <= 7200


def test_ticket_for_cards_is_another_one(client: Witness):
    assert client.jsapi.get_jsapi_card_ticket() != client.jsapi.get_jsapi_ticket()


def test_page_signature_is_the_sha1_of_the_four_parts(client: Witness):
    ticket = client.jsapi.get_jsapi_ticket()
    signed = f"jsapi_ticket={ticket}&noncestr=n1&timestamp=1760000000&url={PAGE}"
    expected = hashlib.sha1(signed.encode()).hexdigest()
    assert client.jsapi.get_jsapi_signature("n1", ticket, 1760000000, PAGE) == expected


def test_card_parameters_are_signed_with_the_card_ticket(client: Witness, account):
    ticket = client.jsapi.get_jsapi_card_ticket()
    parameters = client.jsapi.get_jsapi_card_params(ticket, "GROUPON")
    assert parameters["appid"] == account.appid
    parts = sorted(value for name, value in parameters.items() if name != "sign")
    assert parameters["sign"] == hashlib.sha1("".join(parts).encode()).hexdigest()
