"""What Telegram is told about the webhook, also while it is away."""

from collections import deque

import pytest
from telegram.error import BadRequest, InvalidToken

from bot.app import build_application
from bot.config import Settings
from bot.wire.inbox import WANTED
from bot.wire.webhook import delete_webhook, set_webhook
from tests.edge import Edge

SECRET = "rahasia-7Q"


def bot_at(edge):
    made = Settings(bot_token="1:test", _env_file=None)  # A pretended token.
    return build_application(made, edge, edge).bot


async def test_the_webhook_is_set_for_as_long_as_telegram_is_away():
    edge = Edge()
    edge.troubles = deque(["500 Internal Server Error", "429 Too Many Requests: retry after 0"])
    await set_webhook(bot_at(edge), "https://asn.example/h", SECRET, longest_pause=0.01)

    assert [name for name, _ in edge.calls] == ["setWebhook"] * 3
    given = edge.calls[-1][1]
    assert (given["url"], given["secret_token"]) == ("https://asn.example/h", SECRET)
    assert given["allowed_updates"] == WANTED
    assert 1 <= int(given["max_connections"]) <= 100
    assert not given.get("drop_pending_updates")


async def test_an_address_that_telegram_does_not_take_is_told():
    edge = Edge()
    edge.troubles = deque(["400 Bad Request: bad webhook: HTTPS url must be provided"])
    with pytest.raises(BadRequest, match="https url"):
        await set_webhook(bot_at(edge), "http://asn.example", SECRET)
    edge.troubles = deque(["401 Unauthorized"])
    with pytest.raises(InvalidToken):
        await delete_webhook(bot_at(edge))


async def test_the_webhook_is_deleted_without_losing_what_waits():
    edge = Edge()
    edge.troubles = deque(["502 Bad Gateway"])
    await delete_webhook(bot_at(edge), longest_pause=0.01)

    assert [name for name, _ in edge.calls] == ["deleteWebhook"] * 2
    assert not edge.calls[-1][1].get("drop_pending_updates")
