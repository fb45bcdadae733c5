"""A lean Telegram in a process of its own, that loads a bot and measures its answers.

The sandbox checks every call, keeps every message and shows them on a page; a load
must cost less than the bot it measures. So this one only does what a load needs, but that as
Telegram does it: offsets acknowledge, a second poller ends the first, a webhook gets the updates
of a chat one after another, and what comes too fast is refused with the seconds to wait.

`Telegram` in `office` starts it, reads the address that it prints, and asks it.
"""

import asyncio
import json
import sys
import time
from collections import Counter, deque
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from tests.bench.crowd import FIRST_CHAT, Crowd, Json
from tests.bench.lines import Caller, Line, serve

MOST = 100
TICK = 0.01
CHAT_BURST = 4
ME = {"id": 4242424242, "is_bot": True, "first_name": "Asisten", "username": "asisten_coba_bot"}


class Limit:
    """Refuse what exceeds a number of messages in any second, or one a second to a chat."""

    def __init__(self) -> None:
        self.per_second = 0
        self._sent: deque[float] = deque()
        self._chats: dict[int, deque[float]] = {}

    def wait(self, chat: int) -> int:
        """Admit a message, or tell how many seconds to wait."""
        if not self.per_second:
            return 0
        now = time.monotonic()
        mine = self._chats.setdefault(chat, deque())
        for sent, span in ((self._sent, 1.0), (mine, float(CHAT_BURST))):
            while sent and sent[0] <= now - span:
                sent.popleft()
        if len(self._sent) >= self.per_second or len(mine) >= CHAT_BURST:
            return 1
        self._sent.append(now)
        mine.append(now)
        return 0


class Api:
    """Answer the bot's calls; half a trip passes before a call counts, half after it."""

    def __init__(self) -> None:
        self.crowd = Crowd()
        self.limit = Limit()
        self.trip = 0.0
        self.waiting: deque[Json] = deque()
        self.polled = 0
        self.first_poll = 0.0
        self.hook = Hook(self)
        self._poller: tuple[Line, int, asyncio.TimerHandle] | None = None

    def answer(self, line: Line, path: str, body: bytes) -> None:
        """Take one request."""
        if path.startswith("/control/"):
            given = json.loads(body or b"{}")
            line.say(json.dumps(VERBS[path.removeprefix("/control/")](self, given)).encode())
            return
        self._later(self._perform, line, path.rpartition("/")[2], body)

    def _later(self, deed: Callable[..., None], *given: object) -> None:
        if self.trip:
            asyncio.get_running_loop().call_later(self.trip / 2, deed, *given)
        else:
            deed(*given)

    def _perform(self, line: Line, method: str, body: bytes) -> None:
        given = parse_qs(body.decode(), keep_blank_values=True)
        self.crowd.calls[method] += 1
        if method == "getUpdates":
            self._poll(line, given)
            return
        if method in {"sendMessage", "editMessageText"}:
            chat, text = int(given["chat_id"][0]), given["text"][0]
            if chat in self.crowd.blocked:
                self.crowd.turned_away[chat] += 1
                self._later(line.say, BLOCKED, 403)
                return
            if wait := self.limit.wait(chat):
                self.crowd.refused += 1
                self._later(line.say, too_many(wait), 429)
                return
            self._say(line, self.crowd.hear(chat, text))
            return
        if method == "setWebhook":
            self.hook.set(given)
        self._say(line, RESULTS.get(method, True))

    def _say(self, line: Line, result: object) -> None:
        self._later(line.say, json.dumps({"ok": True, "result": result}).encode())

    def _poll(self, line: Line, given: dict[str, list[str]]) -> None:
        """Take a poll: its offset acknowledges, and it waits when there is nothing."""
        self.first_poll = self.first_poll or time.time()
        offset = int(given.get("offset", ["0"])[0])
        while self.waiting and self.waiting[0]["update_id"] < offset:
            self.waiting.popleft()
        if self._poller is not None:
            self._poller[2].cancel()
            said = {"ok": False, "error_code": 409, "description": "Conflict: terminated by other"}
            self._poller[0].say(json.dumps(said).encode(), 409)
        limit = min(MOST, int(given.get("limit", [str(MOST)])[0]))
        seconds = float(given.get("timeout", ["0"])[0])
        timer = asyncio.get_running_loop().call_later(min(seconds, 50), self._hand_out, True)
        self._poller = (line, limit, timer)
        self._hand_out()

    def _hand_out(self, over: bool = False) -> None:  # noqa: FBT001, FBT002  # A timer's one word.
        """Give the waiting poll what there is, or nothing when its time is over."""
        if self._poller is None or not (self.waiting or over):
            return
        line, limit, timer = self._poller
        self._poller = None
        timer.cancel()
        if not line.gone:
            self._say(line, [self.waiting[at] for at in range(min(limit, len(self.waiting)))])

    def add(self, updates: list[Json]) -> None:
        """Let updates come in."""
        if self.hook.path:
            self.hook.add(updates)
        else:
            self.waiting.extend(updates)
            self._hand_out()


class Hook:
    """Post updates to the bot: a chat's one after another, chats side by side."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._caller = Caller()
        self.path = ""
        self.places: list[tuple[str, int]] = []
        self._turn = 0
        self._chats: dict[int, deque[Json]] = {}
        self._free = asyncio.Semaphore(40)
        self._tasks: set[asyncio.Task[None]] = set()
        self.failed = 0

    def set(self, given: dict[str, list[str]]) -> None:
        """Take the bot's address; where it really listens may have been told before."""
        url = urlsplit(given["url"][0])
        self._api.first_poll = self._api.first_poll or time.time()
        self.path = url.path or "/"
        self.places = self.places or [(url.hostname or "127.0.0.1", url.port or 80)]
        self._caller.secret = given.get("secret_token", [""])[0]
        self._free = asyncio.Semaphore(int(given.get("max_connections", ["40"])[0]))

    def add(self, updates: list[Json]) -> None:
        """Let updates queue behind those of their chats."""
        for update in updates:
            chat = update["message"]["chat"]["id"]
            if chat in self._chats:
                self._chats[chat].append(update)
                continue
            self._chats[chat] = deque([update])
            task = asyncio.get_running_loop().create_task(self._go(chat))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _go(self, chat: int) -> None:
        queue = self._chats[chat]
        while queue:
            async with self._free:
                body = json.dumps(queue[0]).encode()
                self._turn += 1
                await asyncio.sleep(self._api.trip / 2)
                place = self.places[self._turn % len(self.places)]
                status = await self._caller.post(place, self.path, body)
                await asyncio.sleep(self._api.trip / 2)
            if 200 <= status < 300:
                queue.popleft()
            else:
                self.failed += 1
                await asyncio.sleep(1)
        del self._chats[chat]


BLOCKED = json.dumps(
    {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}
).encode()


def too_many(wait: int) -> bytes:
    """Refuse with the seconds to wait."""
    said = {"description": f"Too Many Requests: retry after {wait}"}
    return json.dumps(
        {"ok": False, "error_code": 429, **said, "parameters": {"retry_after": wait}}
    ).encode()


def burst(api: Api, given: Json) -> Json:
    """Let all messages come at once, the chats in turn."""
    chats = int(given["chats"])
    api.crowd.forget()
    api.add([api.crowd.write(FIRST_CHAT + n % chats) for n in range(int(given["messages"]))])
    return {}


def steady(api: Api, given: Json) -> Json:
    """Let messages come evenly."""
    api.crowd.forget()
    rate, chats, total = float(given["rate"]), int(given["chats"]), int(given["messages"])
    loop = asyncio.get_running_loop()
    begin, done = loop.time(), 0

    def tick() -> None:
        nonlocal done
        due = min(total, int((loop.time() - begin) * rate))
        api.add([api.crowd.write(FIRST_CHAT + n % chats) for n in range(done, due)])
        done = max(done, due)
        if done < total:
            loop.call_later(TICK, tick)

    tick()
    return {}


def settings(api: Api, given: Json) -> Json:
    """Change how long a trip takes, what is refused, and where the webhook's receivers are."""
    api.trip = float(given.get("trip", api.trip))
    api.limit.per_second = int(given.get("per_second", api.limit.per_second))
    if "places" in given:
        api.hook.places = [("127.0.0.1", int(port)) for port in given["places"]]
    return {}


def report(api: Api, _: Json) -> Json:
    """Tell how it stands."""
    told = {"first_poll": api.first_poll, "webhook_failed": api.hook.failed}
    return api.crowd.report() | told


def count(api: Api, _: Json) -> Json:
    """Tell in short how it stands; a whole report costs too much while it runs."""
    crowd = api.crowd
    return {
        "messages": len(crowd.made),
        "answered": len(crowd.answered),
        "unasked": sum(crowd.unasked.values()),
        "first_poll": api.first_poll,
    }


def block(api: Api, given: Json) -> Json:
    """Let a chat block the bot."""
    api.crowd.blocked.add(int(given["chat"]))
    return {}


def drain(api: Api, _: Json) -> Json:
    """Give what the bot has said since it was last asked, and who turned it away how often."""
    said, api.crowd.said = api.crowd.said, []
    away, api.crowd.turned_away = api.crowd.turned_away, Counter()
    return {"said": said, "turned_away": list(away.elements())}


RESULTS: Json = {"getMe": ME, "getWebhookInfo": {"url": "", "pending_update_count": 0}}
VERBS: dict[str, Callable[[Api, Json], Json]] = {
    "burst": burst,
    "steady": steady,
    "settings": settings,
    "report": report,
    "count": count,
    "block": block,
    "drain": drain,
}


async def run() -> None:
    """Serve until standard input closes, with whoever holds it."""
    server, found = await serve(Api().answer)
    sys.stdout.write(f"http://127.0.0.1:{found}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    server.close()


def main() -> None:
    asyncio.run(run())
