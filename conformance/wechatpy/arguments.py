"""What wechatpy's functions want, where a text alone will not do."""

import datetime
from collections.abc import Callable
from typing import Any

from harness import arguments, files

DAY = datetime.datetime(2026, 1, 1)

ARTICLE = {
    "title": "明前龙井",
    "description": "新茶",
    "url": "https://tea.example/longjing",
    "content": "<p>新茶到店</p>",
    "thumb_media_id": "1",
    "author": "陆羽",
    "content_source_url": "https://tea.example/longjing",
    "digest": "新茶到店",
    "show_cover_pic": 0,
    "image": "https://tea.example/longjing.png",
}

BY_NAME = {
    "article": ARTICLE,
    "articles": [ARTICLE],
    "begin_date": DAY,
    "delivery_data": {},
    "delivery_template": {},
    "end_date": DAY,
    "group_properties": {},
    "media_file": ("tea.png", files.PNG),
    "product_data": {},
    "shelf_data": {},
}

INVOICE_PAGE = {"source": "web", "auth_type": 1, "redirect_url": "https://tea.example"}

TEXT_MESSAGE = {"msg_type": "text", "content": "茶"}

BY_CALL = {
    "client.card.modify_stock": {"n": 1},
    "client.cloud.db_update_index": {"create_indexes": [{"name": "by_name"}]},
    "client.cloud.upload_file": {"path": __file__},
    "client.invoice.get_auth_url": INVOICE_PAGE,
    "client.invoice.get_user_title_url": {"user_fill": True, "title": "云溪茶社"},
    "client.material.update_articles": {"index": 0},
    "enterprise.appchat.send": TEXT_MESSAGE,
    "enterprise.appchat.send_msg": TEXT_MESSAGE,
    "pay.withhold.apply_cancel_signing": {"contract_id": "1"},
    "pay.withhold.query_order": {"out_trade_no": "1"},
    "pay.withhold.query_signing": {"contract_id": "1"},
}


def arguments_for(call: str, function: Callable[..., Any]) -> arguments.Values:
    """Arguments with which the call gets as far as the platform."""
    return arguments.arguments(function, BY_NAME, BY_CALL.get(call, {}))
