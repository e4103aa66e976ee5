"""Every call that wechatpy has, found in its classes."""

import functools
import inspect
from collections.abc import Iterator
from typing import Any

from wechatpy import WeChatClient, WeChatComponent, WeChatOAuth
from wechatpy.client.api.base import BaseWeChatAPI
from wechatpy.enterprise import WeChatClient as EnterpriseClient
from wechatpy.pay import WeChatPay
from wechatpy.pay.base import BaseWeChatPayAPI

CLASSES = {
    "client": WeChatClient,
    "oauth": WeChatOAuth,
    "component": WeChatComponent,
    "pay": WeChatPay,
    "enterprise": EnterpriseClient,
}

APIS = (BaseWeChatAPI, BaseWeChatPayAPI)


def calls() -> list[str]:
    """Their names: the object, the group if there is one, the method."""
    return [name for prefix, kind in CLASSES.items() for name in members(kind, prefix)]


def members(owner: Any, prefix: str) -> Iterator[str]:
    """The public functions of a class or an object, and of the groups that it holds."""
    for name, member in inspect.getmembers_static(owner):
        if name.startswith("_"):
            continue
        if isinstance(member, APIS):
            yield from members(member, f"{prefix}.{name}")
        elif callable(member) or isinstance(member, (classmethod, staticmethod)):
            yield f"{prefix}.{name}"


def find(objects: dict[str, Any], call: str) -> Any:
    """The function of that name, of one of the objects."""
    first, *rest = call.split(".")
    return functools.reduce(getattr, rest, objects[first])
