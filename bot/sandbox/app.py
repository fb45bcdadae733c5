import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.sandbox import api, control
from bot.sandbox.methods import sender
from bot.sandbox.world import World

PAGE = Path(__file__).parent / "page"
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
GUARD = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What keeps foreign text on the page from ever running, and other sites from looking in."""


async def page(request: Request) -> Response:
    """Hand out one of the page's own files."""
    name = request.path_params.get("name", "index.html")
    path = PAGE / name
    if path.parent != PAGE or path.suffix not in TYPES or not path.is_file():
        return JSONResponse({"problem": "Not found."}, 404)
    return FileResponse(path, media_type=TYPES[path.suffix], headers={"Cache-Control": "no-cache"})


class Guarded:
    """Add the page's protecting headers and turn away calls that other sites make."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http" or scope["path"].startswith(("/bot", "/file/")):
            await self._app(scope, receive, send)
            return
        site = dict(scope["headers"]).get(b"sec-fetch-site", b"none")
        if scope["path"].startswith("/control/") and site not in {b"none", b"same-origin"}:
            await JSONResponse({"problem": "Not from here."}, 403)(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    *((name.lower().encode(), value.encode()) for name, value in GUARD.items()),
                ]
            await send(message)

        await self._app(scope, receive, guarded)


def create_app(world: World, *, host: str = "127.0.0.1") -> Starlette:
    """Build the local Bot API with its control side and its page around a world."""

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with _running(sender(world).run):
            yield
            close(world)

    hosts = ["*"] if host in {"0.0.0.0", "::"} else [host, "127.0.0.1", "localhost", "[::1]"]  # noqa: S104 - compared, not bound.
    app = Starlette(
        routes=[
            Route("/bot{token}/{method}", api.call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", api.download),
            *control.ROUTES,
            Route("/", page),
            Route("/{name}", page),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
            Middleware(Guarded),
        ],
        exception_handlers={404: _not_found},
        lifespan=lifespan,
    )
    app.state.world = world
    return app


def close(world: World) -> None:
    """End every wait, so that the server can stop at once."""
    world.updates.closing = True
    world.updates.wake()
    world.pulse.close()


@contextlib.asynccontextmanager
async def _running(work: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    task = asyncio.ensure_future(work())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _not_found(_: Request, __: Exception) -> Response:
    return JSONResponse({"ok": False, "error_code": 404, "description": "Not Found"}, 404)
