"""A live Teahouse: the binary as a process of its own, on a fresh store."""

import json
import os
import signal
import subprocess
import tempfile

FIRST_LINE = "listening on "

# Seconds. A stop finishes what is running; a minute more than that takes is a hang.
STOP_TIMEOUT = 60


class Teahouse:
    """`teahouse dev` on a free port; SQLite, or PostgreSQL if TEAHOUSE_DATABASE names one."""

    def __init__(self, *flags: str) -> None:
        self._data = tempfile.TemporaryDirectory(prefix="teahouse-conformance-")
        command = [binary(), "dev", "--listen", "127.0.0.1:0", *flags, *self._store()]
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, cwd=self._data.name
        )
        line = self._process.stdout.readline()
        if not line.startswith(FIRST_LINE):
            self._process.kill()
            raise RuntimeError(f"teahouse did not start; its first line was {line!r}")
        self.url = line.removeprefix(FIRST_LINE).strip()

    def _store(self) -> list[str]:
        database = os.environ.get("TEAHOUSE_DATABASE")
        if database:
            return ["--database", database, "--data", self._data.name]
        return ["--memory"]

    def stop(self) -> None:
        """Ends it as an operator would, and expects it to end well."""
        self._process.send_signal(signal.SIGTERM)
        status = self._process.wait(STOP_TIMEOUT)
        self._process.stdout.close()
        self._data.cleanup()
        if status != 0:
            raise RuntimeError(f"teahouse ended with status {status}")

    def __enter__(self) -> "Teahouse":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def binary() -> str:
    """The binary under test."""
    return os.environ["TEAHOUSE_BIN"]


def endpoint_statuses() -> dict[tuple[str, str], set[str]]:
    """The statuses in the endpoint table, by host group and path."""
    command = [binary(), "endpoints", "--json"]
    table = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    statuses: dict[tuple[str, str], set[str]] = {}
    for row in table:
        statuses.setdefault((row["host"], row["path"]), set()).add(row["status"])
    return statuses
