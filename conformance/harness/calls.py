"""The list of a library's calls, and which of them were made in this run.

`calls.tsv` names every call that the library has, found in its source by introspection, so that
none can be missed. Columns: call, status, endpoint, answer, note. The status is one of

- `made`: a test makes it and asserts what comes of it;
- `planned`, `refused`: the endpoint's status in `teahouse endpoints`; the call is made all the
  same and must end in the library's own error for a permission that the account does not have;
- `unknown`: no official endpoint (a path that was withdrawn or never was); it is made and must
  end in the error for an unknown path;
- `local`: asks nothing of the platform; the note says what it does.

The answer is the error in which a call must end where it is not the usual one of its status.
"""

import csv
import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MADE, LOCAL, UNKNOWN = "made", "local", "unknown"
NOT_BUILT = ("planned", "refused", UNKNOWN)


@dataclass(frozen=True)
class Call:
    """A line of `calls.tsv`."""

    name: str
    status: str
    endpoint: str
    answer: str
    note: str


class Ledger:
    """The list, and what became of it."""

    def __init__(self, path: Path) -> None:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, delimiter="\t"))[1:]
        self.calls = {row[0]: Call(*row) for row in rows}
        if len(self.calls) != len(rows):
            raise ValueError(f"{path} names a call twice")
        self.made: set[str] = set()
        self.passed: set[str] = set()
        self._answered: set[str] = set()

    def names(self, *statuses: str) -> list[str]:
        """The calls of these statuses, in the order of the list."""
        return [call.name for call in self.calls.values() if call.status in statuses]

    def begin_test(self) -> None:
        self._answered = set()

    def end_test(self, *, passed: bool) -> None:
        if passed:
            self.passed |= self._answered

    def make(self, name: str, call: Callable[..., Any], /, *values: Any, **named: Any) -> Any:
        """Makes a call. It has passed once it returned in a test that passed."""
        self.made.add(name)
        answer = call(*values, **named)
        self._answered.add(name)
        return answer

    def accept(self, name: str) -> None:
        """The call ended in the error in which it must end."""
        self._answered.add(name)

    def summary(self, library: str) -> str:
        """One line: how many calls passed, of those that were made, of those that there are."""
        answered = len(self.passed & set(self.names(MADE)))
        refused = len(self.passed & set(self.names(*NOT_BUILT)))
        local = len(self.names(LOCAL))
        return (
            f"{library}: calls passed / made {len(self.passed)} / {len(self.made)}: "
            f"{answered} answered, {refused} refused as not built; {local} more ask nothing"
        )


class Witness:
    """Stands in front of a library's object and notes which of its calls returned."""

    def __init__(self, target: Any, name: str, ledger: Ledger) -> None:
        self._target, self._name, self._ledger = target, name, ledger

    def __getattr__(self, attribute: str) -> Any:
        value = getattr(self._target, attribute)
        name = f"{self._name}.{attribute}"
        if name in self._ledger.calls:
            return functools.partial(self._ledger.make, name, value)
        if any(call.startswith(f"{name}.") for call in self._ledger.calls):
            return Witness(value, name, self._ledger)
        return value
