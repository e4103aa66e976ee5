"""An account with a bot behind it, and the people who talk to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from harness.sandbox import Account, Person

Answer = Callable[[Any], Any]


def nothing(_message: Any) -> None:
    """What a bot answers unless a test says otherwise."""


class Bot(Protocol):
    """A bot made of a library's own parts: a WSGI application that keeps what it received."""

    received: list[Any]
    answer: Answer

    def belong_to(self, account: Account) -> None:
        """Takes the keys of the account that the platform made."""

    def __call__(self, environ, start_response) -> Any: ...


@dataclass(frozen=True)
class House:
    """An account and the bot behind it."""

    account: Account
    bot: Bot

    @property
    def appid(self) -> str:
        return self.account.appid


@dataclass(frozen=True)
class Guest:
    """Somebody who wrote just now, so that the account may write to her."""

    person: Person
    openid: str
    appid: str

    @property
    def latest(self) -> dict[str, Any]:
        """What she sees last."""
        return self.person.latest(self.appid)


def statuses(act: dict[str, Any]) -> list[str]:
    """How the deliveries of an act ended."""
    return [delivery["status"] for delivery in act["deliveries"]]
