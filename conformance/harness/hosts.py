"""The one place where official host names become the address of a Teahouse, for `requests`.

A later version of Teahouse brings an HTTP proxy, and this goes. Until then every session that a
library opens gets the adapter below; the library's own files stay as they were installed.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter

GROUPS = {
    "api.weixin.qq.com": "api",
    "mp.weixin.qq.com": "api",
    "open.weixin.qq.com": "api",
    "file.api.weixin.qq.com": "api",
    "api.mch.weixin.qq.com": "mch",
    "fraud.mch.weixin.qq.com": "mch",
    "qyapi.weixin.qq.com": "qyapi",
}


@dataclass(frozen=True)
class Asked:
    """A request that a library made of an official host."""

    method: str
    host: str
    path: str
    query: str

    @property
    def endpoint(self) -> str:
        """As `calls.tsv` writes it."""
        return f"{self.method} {self.host}{self.path}"

    @property
    def group(self) -> str:
        """The host group of the endpoint table."""
        return GROUPS[self.host]


class Adapter(HTTPAdapter):
    """Sends to Teahouse what was meant for an official host, under that host's name."""

    def __init__(self, address: str, journal: list[Asked]) -> None:
        super().__init__()
        self._address = urlsplit(address)
        self._journal = journal

    def send(self, request, **options):
        meant = urlsplit(request.url)
        if meant.hostname in GROUPS:
            asked = Asked(request.method, meant.hostname, meant.path, meant.query)
            self._journal.append(asked)
            request.headers["Host"] = meant.netloc
            request.url = urlunsplit(
                (self._address.scheme, self._address.netloc, meant.path, meant.query, "")
            )
        elif meant.hostname != "127.0.0.1":
            raise AssertionError(f"{request.url} is neither an official host nor this machine")
        options["proxies"] = {}
        return super().send(request, **options)


def route(address: str) -> list[Asked]:
    """From now on official hosts lead to `address`. The journal fills with what is asked."""
    journal: list[Asked] = []
    begin = requests.Session.__init__

    def begin_routed(session: requests.Session) -> None:
        begin(session)
        adapter = Adapter(address, journal)
        session.mount("https://", adapter)
        session.mount("http://", adapter)

    requests.Session.__init__ = begin_routed
    return journal
