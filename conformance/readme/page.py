"""The README's section about bots, taken apart."""

import re
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[2] / "README.md"
HEADING = "## A bot in ten lines\n"

# A file named in backquotes, its text, then the commands that install and start it.
BOT = re.compile(
    r"^`(?P<file>\w+\.\w+)`.*?^```\w+\n(?P<text>.*?)^```\n.*?^```sh\n(?P<commands>.*?)^```\n",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True)
class PageBot:
    """A program of the page, word for word, and what the page says to do with it."""

    file: str
    text: str
    install: list[str]
    start: list[str]


def bots() -> list[PageBot]:
    """The programs, in their order."""
    section = PAGE.read_text(encoding="utf-8").split(HEADING)[1].split("\n## ")[0]
    return [read(found) for found in BOT.finditer(section)]


def read(found: re.Match[str]) -> PageBot:
    install, start = (line.split() for line in found["commands"].splitlines())
    return PageBot(found["file"], found["text"], install, start)
