"""What WeRoBot's functions want, where a text alone will not do."""

from collections.abc import Callable
from typing import Any

from harness import arguments, files

FILE = ("tea.png", files.PNG)

BY_NAME = {
    "articles": [],
    "avatar": FILE,
    "file": FILE,
    "matchrule": {},
    "media_file": FILE,
    "menu_data": {"button": []},
    "update_data": {},
    "video": FILE,
}

BY_CALL: dict[str, arguments.Values] = {}


def arguments_for(call: str, function: Callable[..., Any]) -> arguments.Values:
    """Arguments with which the call gets as far as the platform."""
    return arguments.arguments(function, BY_NAME, BY_CALL.get(call, {}))
