"""Every call that WeRoBot's client has, found in its class."""

import inspect

from werobot.client import Client


def calls() -> list[str]:
    """The public functions of the client."""
    members = inspect.getmembers_static(Client, callable)
    return [f"client.{name}" for name, _ in members if not name.startswith("_")]
