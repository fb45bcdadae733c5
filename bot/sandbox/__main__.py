import argparse
import asyncio
import contextlib
import json
import os
import secrets
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import uvicorn

from bot.sandbox.app import close, create_app
from bot.sandbox.clock import Clock
from bot.sandbox.deeds import added
from bot.sandbox.limits import Limits
from bot.sandbox.world import World


class Server(uvicorn.Server):
    """Serve until told to stop; the signals are ours."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.sandbox",
        description="A pretended Telegram on this machine: Bot API, control side and chat page.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=0, help="port; 0 takes a free one")
    parser.add_argument("--token", default="", help="the bot's token; made up when absent")
    parser.add_argument("--clock-file", type=Path, help="file for the seconds added to real time")
    parser.add_argument("--people", type=Path, help="JSON list of the people to show")
    parser.add_argument("--title", default="Asisten", help="the bot's name on the page")
    limits = parser.add_mutually_exclusive_group()
    limits.add_argument("--strict-limits", dest="limits", action="store_true", default=True,
                        help="refuse what is sent too fast (default)")  # fmt: skip
    limits.add_argument("--no-limits", dest="limits", action="store_false",
                        help="let everything be sent at any speed")  # fmt: skip
    parser.add_argument("--end-with-stdin", action="store_true",
                        help="end when standard input closes, with whoever holds it")  # fmt: skip
    return parser.parse_args(arguments)


def build_world(chosen: argparse.Namespace) -> World:
    """Make the world the command line describes."""
    world = World(
        token=chosen.token or f"4242424242:{secrets.token_urlsafe(24)}",
        title=chosen.title,
        clock=Clock(chosen.clock_file),
        limits=Limits(enabled=chosen.limits),
    )
    if chosen.people is not None:
        added(world, json.loads(chosen.people.read_text(encoding="utf-8")))
    return world


def listen(host: str, port: int) -> socket.socket:
    """Open the door before anybody is told of it.

    The protocol is named because asyncio turns Nagle's delay off, 40 ms a call, only then.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen(2_048)
    return listening


async def serve(chosen: argparse.Namespace) -> None:
    """Listen, say where, and stay until SIGTERM."""
    world = build_world(chosen)
    listening = listen(chosen.host, chosen.port)
    port = listening.getsockname()[1]
    name = f"[{chosen.host}]" if ":" in chosen.host else chosen.host
    url = f"http://{'127.0.0.1' if name == '0.0.0.0' else name}:{port}"  # noqa: S104 - compared, not bound.
    server = Server(
        uvicorn.Config(
            create_app(world, host=chosen.host),
            log_level="critical",
            access_log=False,
            lifespan="on",
            timeout_keep_alive=75,
            timeout_graceful_shutdown=1,
        )
    )

    def stop() -> None:
        close(world)
        server.should_exit = True

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    if chosen.end_with_stdin:
        loop.add_reader(sys.stdin.fileno(), lambda: None if os.read(0, 1_024) else stop())
    said = {"url": url, "token": world.token, "page": f"{url}/"}
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()
    await server.serve(sockets=[listening])


def main() -> None:
    """Run the sandbox from the command line."""
    chosen = options()
    try:
        asyncio.run(serve(chosen))
    except (OSError, ValueError, TypeError) as problem:
        sys.stderr.write(f"The sandbox cannot start: {problem}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
