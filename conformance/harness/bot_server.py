"""A loopback port for a bot: WSGI is what the libraries' own servers and handlers speak."""

import threading
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """The tests say what matters."""


class BotServer:
    """Serves a WSGI application on a free port until it is closed."""

    def __init__(self, application) -> None:
        self._server = make_server("127.0.0.1", 0, application, Server, Quiet)
        self.url = f"http://127.0.0.1:{self._server.server_port}/wx"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
