"""Plausible arguments for calls whose answer is known to be a refusal."""

import inspect
from collections.abc import Callable
from typing import Any

Values = dict[str, Any]

TEXT = "1"


def arguments(function: Callable[..., Any], by_name: Values, of_call: Values) -> Values:
    """A value for each parameter that has no default: that of the call, or of the name, or a
    text. The call may give parameters that have a default, too."""
    required = (
        parameter.name
        for parameter in inspect.signature(function).parameters.values()
        if parameter.default is parameter.empty
        and parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
    )
    return {name: by_name.get(name, TEXT) for name in required} | of_call
