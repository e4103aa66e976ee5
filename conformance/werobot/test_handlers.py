"""The robot's own handlers and filters, by kind of message."""

import re

from bot import Bot
from harness.bot_server import BotServer
from harness.house import statuses
from harness.sandbox import TOKEN, Sandbox


def test_handlers_answer_their_kind_and_filters_their_words(sandbox: Sandbox):
    bot = Bot()
    robot = bot.robot

    @robot.subscribe
    def welcome(_message):
        return "欢迎来喝茶"

    @robot.filter("茶单")
    def menu(_message):
        return "龙井、碧螺春"

    @robot.filter(re.compile("^来(.+)杯$"))
    def order(_message, _session, match):
        return f"{match.group(1)}杯，稍等"

    @robot.location
    def place(message):
        return f"{message.label}离我们不远"

    server = BotServer(bot)
    callback = {"url": server.url, "token": TOKEN, "mode": "plain"}
    appid = sandbox.create_account(callback=callback).appid
    person = sandbox.create_person("林夏")
    person.follow(appid)
    person.say(appid, "茶单")
    person.say(appid, "来两杯")
    person.send(appid, type="location", latitude=30.2, longitude=120.1, label="断桥")
    ignored = person.say(appid, "……")
    server.close()
    answers = [seen["content"] for seen in person.inbox(appid) if seen["from"] == "account"]
    assert answers == ["欢迎来喝茶", "龙井、碧螺春", "两杯，稍等", "断桥离我们不远"]
    assert statuses(ignored) == ["acknowledged"]
