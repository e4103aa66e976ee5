"""A bot made of wechatpy's own parts, put together as its manual shows."""

from urllib.parse import parse_qsl

from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidSignatureException
from wechatpy.messages import BaseMessage
from wechatpy.utils import check_signature

from harness.house import Answer, nothing
from harness.sandbox import TOKEN, Account

class Bot:
    """A WSGI application that keeps what it received."""

    def __init__(self) -> None:
        self.received: list[BaseMessage] = []
        self.answer: Answer = nothing
        self._crypto: WeChatCrypto | None = None

    def belong_to(self, account: Account) -> None:
        """Takes the keys of the account that the platform made."""
        self._crypto = WeChatCrypto(TOKEN, account.encoding_aes_key, account.appid)

    def __call__(self, environ, start_response) -> list[bytes]:
        query = dict(parse_qsl(environ["QUERY_STRING"]))
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length)
        try:
            signed = (query["signature"], query["timestamp"], query["nonce"])
            check_signature(TOKEN, *signed)
            text = self._reply(query, body)
        except InvalidSignatureException:
            start_response("403 Forbidden", [])
            return [b""]
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [text.encode()]

    def _reply(self, query: dict[str, str], body: bytes) -> str:
        if "echostr" in query:
            return query["echostr"]
        sealed = query.get("encrypt_type") == "aes"
        if sealed:
            signed = (query["msg_signature"], query["timestamp"], query["nonce"])
            body = self._crypto.decrypt_message(body, *signed)
        message = parse_message(body)
        self.received.append(message)
        reply = create_reply(self.answer(message), message)
        if sealed:
            return self._crypto.encrypt_message(reply, query["nonce"], query["timestamp"])
        return reply.render()
