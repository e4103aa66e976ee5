"""The pytest plugin: fixtures, the order of the tests, and the totals."""

from collections.abc import Iterator

import pytest

from harness import hosts
from harness.bot_server import BotServer
from harness.calls import Ledger
from harness.house import Guest, House, nothing
from harness.sandbox import MODES, TOKEN, Account, Sandbox
from harness.teahouse import Teahouse, endpoint_statuses

LEDGER = pytest.StashKey[Ledger]()


class Course:
    """Counts the tests, and tells the ledger how each one ended."""

    def __init__(self, library: str, ledger: Ledger | None) -> None:
        self._library, self._ledger = library, ledger
        self._passed = self._failed = 0

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._failed += report.failed

    def pytest_runtest_setup(self) -> None:
        if self._ledger:
            self._ledger.begin_test()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        # A test that was skipped proved nothing.
        self._passed += report.when == "call" and report.passed
        self._failed += not report.passed
        if self._ledger and report.when == "call":
            self._ledger.end_test(passed=report.passed)

    def pytest_unconfigure(self) -> None:
        if self._ledger:
            print(self._ledger.summary(self._library))
        print(f"{self._passed} passed, {self._failed} failed")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "last: runs after all others")
    calls = config.rootpath / "calls.tsv"
    ledger = Ledger(calls) if calls.exists() else None
    config.stash[LEDGER] = ledger
    config.pluginmanager.register(Course(config.rootpath.name, ledger))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)


@pytest.fixture(scope="session")
def teahouse() -> Iterator[Teahouse]:
    with Teahouse("--empty") as running:
        yield running


@pytest.fixture(scope="session")
def journal(teahouse: Teahouse) -> list[hosts.Asked]:
    """What the library asked of official hosts, which lead to Teahouse from now on."""
    return hosts.route(teahouse.url)


@pytest.fixture(scope="session")
def sandbox(teahouse: Teahouse, journal: list[hosts.Asked]) -> Sandbox:
    return Sandbox(teahouse.url)


@pytest.fixture(scope="session")
def ledger(pytestconfig: pytest.Config) -> Ledger:
    return pytestconfig.stash[LEDGER]


@pytest.fixture(scope="session")
def table() -> dict[tuple[str, str], set[str]]:
    return endpoint_statuses()


@pytest.fixture(scope="session", params=MODES)
def opened(request: pytest.FixtureRequest, sandbox: Sandbox, new_bot) -> Iterator[House]:
    """The account of a callback mode. `new_bot` is the folder's own fixture."""
    bot = new_bot()
    server = BotServer(bot)
    callback = {"url": server.url, "token": TOKEN, "mode": request.param}
    account = sandbox.create_account(callback=callback, report_location=True)
    bot.belong_to(account)
    yield House(account, bot)
    server.close()


@pytest.fixture
def house(opened: House) -> House:
    opened.bot.received.clear()
    opened.bot.answer = nothing
    return opened


@pytest.fixture(scope="session")
def account(sandbox: Sandbox) -> Account:
    """An account without a server, for the calls of the API."""
    return sandbox.create_account()


@pytest.fixture
def guest(sandbox: Sandbox, account: Account) -> Guest:
    person = sandbox.create_person("陆羽")
    openid = person.follow(account.appid)["openid"]
    person.say(account.appid, "你好")
    return Guest(person, openid, account.appid)
