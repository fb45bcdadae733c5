import inspect
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox import methods_bot, methods_editing, methods_sending
from bot.sandbox.parameters import Parameters
from bot.sandbox.people import Json
from bot.sandbox.refusals import ApiError, bad, conflict
from bot.sandbox.webhook import Sender
from bot.sandbox.world import Hook, World

SECRET = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


async def get_updates(world: World, given: Parameters) -> list[Json]:
    """Hand out updates, waiting for the first one as long as the bot likes."""
    if world.hook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    if given.parsed("allowed_updates") is not None:
        world.updates.allowed = [str(one) for one in given.listed("allowed_updates")]
    if not world.updates.polled:
        world.pulse.changed()
    limit = min(max(given.number("limit", 100), 1), 100)
    return await world.updates.poll(given.number("offset", 0), limit, given.number("timeout", 0))


def set_webhook(world: World, given: Parameters) -> bool:
    """Have updates sent to an address from now on."""
    url = given.text("url")
    if not url:
        return delete_webhook(world, given)
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad("bad webhook: invalid webhook URL specified")
    secret = given.text("secret_token")
    if len(secret) > 256 or not set(secret) <= SECRET:
        raise bad("secret token contains unallowed characters")
    if given.parsed("allowed_updates") is not None:
        world.updates.allowed = [str(one) for one in given.listed("allowed_updates")]
    if given.flag("drop_pending_updates"):
        world.updates.drop()
    connections = min(max(given.number("max_connections", 40), 1), 100)
    world.hook = Hook(url, secret, connections)
    world.updates.interrupt()
    return True


def delete_webhook(world: World, given: Parameters) -> bool:
    """Stop sending updates."""
    world.hook = Hook()
    if given.flag("drop_pending_updates"):
        world.updates.drop()
    world.updates.wake()
    return True


def get_webhook_info(world: World, _: Parameters) -> Json:
    """Tell where updates go and how that went."""
    told: Json = {
        "url": world.hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.waiting()),
    }
    if world.hook.url:
        told["max_connections"] = world.hook.connections
    if world.hook.error:
        told |= {
            "last_error_date": world.hook.error_at,
            "last_error_message": world.hook.error,
        }
    if world.updates.allowed:
        told["allowed_updates"] = world.updates.allowed
    return told


METHODS: dict[str, Callable[[World, Parameters], Any]] = {
    **methods_bot.METHODS,
    **methods_editing.METHODS,
    **methods_sending.METHODS,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
}


async def perform(world: World, method: str, given: Parameters) -> Any:
    """Carry out a call and give its result."""
    carry_out = METHODS.get(method.lower())
    if carry_out is None:
        raise ApiError(404, "Not Found")
    result = carry_out(world, given)
    return await result if inspect.isawaitable(result) else result


def sender(world: World) -> Sender:
    """Make the sender of updates, which carries out calls that come back as answers."""
    return Sender(world, perform)
