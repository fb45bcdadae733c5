"""The least of HTTP that a Bot API needs, so that the load costs less than what it measures."""

import asyncio
from collections.abc import Callable

Answer = Callable[["Line", str, bytes], None]

HEAD_END = b"\r\n\r\n"
REASONS = {200: b"OK", 429: b"Too Many Requests", 409: b"Conflict", 404: b"Not Found"}


class Line(asyncio.Protocol):
    """One kept-alive connection: requests one after another, each answered by `say`."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._got = b""
        self._transport: asyncio.Transport | None = None
        self.gone = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self.gone = True

    def data_received(self, data: bytes) -> None:
        self._got += data
        while (end := self._got.find(HEAD_END)) >= 0:
            head = self._got[:end]
            size = length_of(head)
            if len(self._got) < end + 4 + size:
                return
            body = self._got[end + 4 : end + 4 + size]
            self._got = self._got[end + 4 + size :]
            self._answer(self, head.split(b" ", 2)[1].decode(), body)

    def say(self, body: bytes, status: int = 200) -> None:
        """Answer the request that was made."""
        if self._transport is None or self.gone:
            return
        first = b"HTTP/1.1 %d %s\r\n" % (status, REASONS.get(status, b"Said"))
        kind = b"Content-Type: application/json\r\n"
        self._transport.write(b"%s%sContent-Length: %d\r\n\r\n%s" % (first, kind, len(body), body))


def length_of(head: bytes) -> int:
    """Read how long the body is."""
    lowered = head.lower()
    at = lowered.find(b"content-length:")
    if at < 0:
        return 0
    return int(lowered[at + 15 :].split(b"\r\n", 1)[0])


class Caller:
    """Post JSON over kept-alive connections, as many at once as asked for."""

    def __init__(self, secret: str = "") -> None:
        self.secret = secret
        self._free: dict[tuple[str, int], list[Streams]] = {}

    async def post(self, place: tuple[str, int], path: str, body: bytes) -> int:
        """Post one body; give the status, or 0 when nobody answered."""
        free = self._free.setdefault(place, [])
        streams = free.pop() if free else None
        try:
            if streams is None:
                streams = await asyncio.open_connection(*place)
            status = await self._post(streams, (place, path), body)
        except (OSError, EOFError, asyncio.LimitOverrunError):
            if streams is not None:
                streams[1].close()
            return 0
        free.append(streams)
        return status

    async def _post(
        self, streams: "Streams", where: tuple[tuple[str, int], str], body: bytes
    ) -> int:
        (host, port), path = where
        secret = f"X-Telegram-Bot-Api-Secret-Token: {self.secret}\r\n" if self.secret else ""
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\n"
            f"{secret}Content-Length: {len(body)}\r\n\r\n"
        )
        reader, writer = streams
        writer.write(head.encode() + body)
        said = await reader.readuntil(HEAD_END)
        if size := length_of(said):
            await reader.readexactly(size)
        return int(said.split(b" ", 2)[1])


Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def serve(answer: Answer) -> tuple[asyncio.Server, int]:
    """Listen on this machine alone; give the server and its port."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Line(answer), "127.0.0.1", 0, backlog=2048)
    return server, int(server.sockets[0].getsockname()[1])
