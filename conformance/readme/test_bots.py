"""The bots in the README, taken from its text and started as it says, beside the demo world."""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import page
import pytest

from harness.sandbox import Sandbox
from harness.teahouse import Teahouse

HERE = Path(__file__).parent
# The demo world's second account, whose server the bots are.
LIBRARY = "wx7ea4c0de00000002"
PORT = 9000
# Seconds that a bot may take until it listens; looked for, since each says so in its own way.
PATIENCE = 30


def listens() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", PORT)) == 0


@pytest.fixture(scope="module")
def demo() -> Iterator[Sandbox]:
    with Teahouse() as running:
        yield Sandbox(running.url)


@pytest.fixture(params=page.bots(), ids=lambda bot: bot.file)
def bot(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[page.PageBot]:
    assert not listens(), f"port {PORT} is taken, and the README's bots need it"
    (tmp_path / request.param.file).write_text(request.param.text, encoding="utf-8")
    program, *arguments = request.param.start
    command = [shutil.which(program) or program, *arguments]
    environment = os.environ | {"NODE_PATH": str(HERE / "node_modules")}
    process = subprocess.Popen(command, cwd=tmp_path, env=environment)
    try:
        deadline = time.monotonic() + PATIENCE
        while not listens():
            assert process.poll() is None, "the bot ended"
            assert time.monotonic() < deadline, "the bot does not listen"
            time.sleep(0.05)
        yield request.param
    finally:
        process.terminate()
        process.wait(PATIENCE)


def test_there_is_a_bot_in_each_language() -> None:
    assert [bot.file for bot in page.bots()] == ["bot.py", "bot.js"]


def test_a_bot_has_ten_lines_at_most() -> None:
    for bot in page.bots():
        assert len([line for line in bot.text.splitlines() if line.strip()]) <= 10


def test_the_page_installs_what_is_tested() -> None:
    python, node = (bot.install for bot in page.bots())
    pinned = (HERE / "requirements.txt").read_text(encoding="utf-8").split()
    assert python[:2] == ["pip", "install"]
    assert set(python[2:]) <= {requirement.split("==")[0] for requirement in pinned}
    packages = json.loads((HERE / "package.json").read_text(encoding="utf-8"))
    assert (node[:2], set(node[2:])) == (["npm", "install"], set(packages["dependencies"]))


def test_a_bot_greets_and_echoes(demo: Sandbox, bot: page.PageBot) -> None:
    person = demo.create_person("陆羽")
    assert said(person.follow(LIBRARY)) == "欢迎来到云溪市图书馆，想聊点什么？"
    assert said(person.say(LIBRARY, "茶经")) == "您说：茶经"


def said(act: dict) -> str:
    (reply,) = act["replies"]
    return reply["content"]
