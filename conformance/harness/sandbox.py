"""Accounts, people and time, by Teahouse's sandbox."""

from dataclasses import dataclass, field
from typing import Any

import requests

MODES = ["plain", "compatible", "safe"]

TOKEN = "conformance"

# Seconds: the sandbox waits 20 for a delivery to settle.
TIMEOUT = 30

Fields = dict[str, Any]


class Refused(Exception):
    """The sandbox's own error."""

    def __init__(self, answer: requests.Response) -> None:
        super().__init__(answer.text)
        self.status = answer.status_code
        self.code = answer.json()["error"]


class Sandbox:
    """`/sandbox` of a Teahouse."""

    def __init__(self, address: str) -> None:
        self._base = f"{address}/sandbox"
        self._http = requests.Session()

    def create_account(self, **fields: Any) -> "Account":
        """A verified service account, unless the fields say otherwise."""
        fields = {"kind": "service", "verified": True, "name": "云溪茶社"} | fields
        made = self.post("/accounts", fields)
        return Account(**{name: made[name] for name in Account.__dataclass_fields__})

    def create_person(self, nickname: str) -> "Person":
        """Somebody new."""
        return Person(self, self.post("/people", {"nickname": nickname})["id"])

    def find_person(self, nickname: str) -> "Person":
        """Somebody of the demo world."""
        people = self.get("/people")["people"]
        found = next(person for person in people if person["nickname"] == nickname)
        return Person(self, found["id"])

    def advance(self, duration: str) -> None:
        """Moves the platform's clock; what falls due on the way is run."""
        self.post("/clock", {"advance": duration})

    def get(self, path: str, **query: Any) -> Fields:
        return read(self._http.get(self._base + path, params=query, timeout=TIMEOUT))

    def post(self, path: str, body: Fields) -> Fields:
        return read(self._http.post(self._base + path, json=body, timeout=TIMEOUT))

    def upload(self, path: str, content: bytes, name: str) -> Fields:
        files = {"media": (name, content)}
        return read(self._http.post(self._base + path, files=files, timeout=TIMEOUT))


@dataclass(frozen=True)
class Account:
    """What the sandbox answers about a new account."""

    appid: str
    secret: str = field(repr=False)
    username: str
    token: str = field(repr=False)
    encoding_aes_key: str = field(repr=False)


@dataclass(frozen=True)
class Person:
    """Somebody, and what she does. Each act returns when its deliveries are settled."""

    sandbox: Sandbox = field(repr=False)
    id: str

    def follow(self, appid: str, **fields: Any) -> Fields:
        return self._act("follow", {"appid": appid} | fields)

    def unfollow(self, appid: str) -> Fields:
        return self._act("unfollow", {"appid": appid})

    def say(self, appid: str, content: str) -> Fields:
        return self.send(appid, type="text", content=content)

    def send(self, appid: str, **fields: Any) -> Fields:
        return self._act("send", {"appid": appid} | fields)

    def locate(self, appid: str, **fields: Any) -> Fields:
        return self._act("locate", {"appid": appid} | fields)

    def upload(self, kind: str, content: bytes, name: str) -> str:
        """A media_id to send."""
        path = f"/people/{self.id}/media?type={kind}"
        return self.sandbox.upload(path, content, name)["media_id"]

    def inbox(self, appid: str) -> list[Fields]:
        """All that she sees in her conversation with the account."""
        return self.sandbox.get(f"/people/{self.id}/inbox", appid=appid)["messages"]

    def latest(self, appid: str) -> Fields:
        """What she sees last."""
        return self.inbox(appid)[-1]

    def _act(self, act: str, body: Fields) -> Fields:
        return self.sandbox.post(f"/people/{self.id}/{act}", body)


def read(answer: requests.Response) -> Fields:
    if not answer.ok:
        raise Refused(answer)
    return answer.json()
