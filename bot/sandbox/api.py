import asyncio
import time
from collections.abc import Awaitable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from bot.sandbox.faults import Fault
from bot.sandbox.methods import perform
from bot.sandbox.parameters import Parameters, read
from bot.sandbox.refusals import ApiError, bad, too_many
from bot.sandbox.world import Call, World

POLL = "getupdates"


class Cut(Response):
    """Break the connection in the middle of an answer."""

    async def __call__(self, _: Scope, __: Receive, send: Send) -> None:
        """Promise more than is sent, which makes the server close the connection."""
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"content-type", b"application/json"), (b"content-length", b"64")],
            }
        )
        await send({"type": "http.response.body", "body": b'{"ok":', "more_body": False})


class GoneError(Exception):
    """Say that the caller has hung up."""


async def call(request: Request) -> Response:
    """Answer one Bot API call."""
    world: World = request.app.state.world
    if request.path_params["token"] != world.token:
        return _json(ApiError(401, "Unauthorized").answer(), 401)
    method = request.path_params["method"].lower()
    try:
        given = await read(request)
    except ApiError as refusal:
        return _json(refusal.answer(), refusal.code)
    remembered = Call(next(world.call_numbers), time.time(), request.path_params["method"],
                      given.told())  # fmt: skip
    if method != POLL or _acknowledges(world, given):
        world.calls.append(remembered)
    fault = world.faults.take(method, _chat_of(given))
    try:
        response = await _answered(request, world, given, remembered, fault)
    except GoneError:
        return Response(status_code=499)
    if method == POLL and not remembered.ok and remembered not in world.calls:
        world.calls.append(remembered)
    return response


def _acknowledges(world: World, given: Parameters) -> bool:
    """Tell whether a poll says something new; the others are too many to remember."""
    offset = given.text("offset")
    fresh = offset != world.last_offset
    world.last_offset = offset
    return fresh


async def _answered(
    request: Request, world: World, given: Parameters, remembered: Call, fault: Fault | None
) -> Response:
    kind = fault.kind if fault else ""
    try:
        if fault is not None:
            await _spoil(world, fault)
        if kind == "cut":
            remembered.description = "cut"
            return Cut()
        work = perform(world, remembered.method, given)
        result = await _unless_gone(request, work)
    except ApiError as refusal:
        return _refused(remembered, refusal)
    except (AttributeError, KeyError, TypeError, ValueError):
        return _refused(remembered, bad("can't parse the parameters of the request"))
    remembered.ok = True
    return Cut() if kind == "lost" else _json({"ok": True, "result": result}, 200)


def _refused(remembered: Call, refusal: ApiError) -> Response:
    remembered.error_code, remembered.description = refusal.code, refusal.description
    return _json(refusal.answer(), refusal.code)


async def _spoil(world: World, fault: Fault) -> None:
    if fault.kind == "slow":
        await world.pulse.pause(fault.seconds)
    elif fault.kind == "429":
        raise too_many(max(1, round(fault.seconds)))
    elif fault.kind == "500":
        raise ApiError(500, "Internal Server Error")
    elif fault.kind == "502":
        raise ApiError(502, "Bad Gateway")


async def _unless_gone(request: Request, work: Awaitable[Any]) -> Any:
    """Await the work, but drop it when the caller hangs up: a dead poller must not count."""
    task = asyncio.ensure_future(work)
    await asyncio.sleep(0)
    if task.done():
        return task.result()
    listening = asyncio.ensure_future(_hung_up(request))
    try:
        await asyncio.wait({task, listening}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise GoneError
    finally:
        listening.cancel()
        task.cancel()


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        continue


def _chat_of(given: Parameters) -> int | None:
    raw = given.text("chat_id")
    return int(raw) if raw.lstrip("-").isdigit() else None


def _json(content: Any, status: int) -> JSONResponse:
    headers = {}
    if status == 429:
        headers["Retry-After"] = str(content["parameters"]["retry_after"])
    return JSONResponse(content, status, headers)


async def download(request: Request) -> Response:
    """Hand out a file by its path."""
    world: World = request.app.state.world
    stored = world.files.by_path.get(request.path_params["path"])
    if request.path_params["token"] != world.token or stored is None:
        return _json(ApiError(404, "Not Found").answer(), 404)
    fault = world.faults.take("file", None)
    if fault is not None and fault.kind in {"cut", "lost"}:
        return Cut()
    try:
        if fault is not None:
            await _spoil(world, fault)
        world.files.download(stored.file_id)
    except ApiError as refusal:
        return _json(refusal.answer(), refusal.code)
    return Response(stored.content, media_type=stored.mime or "application/octet-stream")
