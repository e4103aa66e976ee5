"""A robot with one handler, and WeRoBot's own WSGI application around it."""

from typing import Any

from werobot import WeRoBot

from harness.house import Answer, nothing
from harness.sandbox import TOKEN, Account


class Bot:
    """Keeps what the robot's handler was given."""

    def __init__(self) -> None:
        self.received: list[Any] = []
        self.answer: Answer = nothing
        self.robot = WeRoBot(token=TOKEN)
        self.robot.config["SESSION_STORAGE"] = False
        self.robot.add_handler(self._handle)

    def belong_to(self, account: Account) -> None:
        self.robot.config["APP_ID"] = account.appid
        self.robot.config["APP_SECRET"] = account.secret
        self.robot.config["ENCODING_AES_KEY"] = account.encoding_aes_key

    def __call__(self, environ, start_response) -> Any:
        return self.robot.wsgi(environ, start_response)

    def _handle(self, message: Any) -> Any:
        self.received.append(message)
        return self.answer(message)
