import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox import deeds, views
from bot.sandbox.faults import KINDS, Fault
from bot.sandbox.people import Json
from bot.sandbox.refusals import ApiError, ControlError
from bot.sandbox.world import World

HEARTBEAT = 15.0


def _world(request: Request) -> World:
    world: World = request.app.state.world
    return world


def _faults(world: World, body: Json) -> Json:
    if body.get("clear"):
        world.faults.waiting.clear()
        return {"faults": 0}
    if str(body["kind"]) not in KINDS:
        raise ControlError(f"Trouble is one of {', '.join(KINDS)}.")
    world.faults.waiting.append(
        Fault(
            str(body["kind"]),
            int(body.get("count", 1)),
            float(body.get("seconds", 1)),
            [str(one) for one in body.get("methods", [])],
            body.get("chat"),
        )
    )
    return {"faults": len(world.faults.waiting)}


def _clock(world: World, body: Json) -> Json:
    if "to" in body:
        world.clock.move_to(str(body["to"]))
    else:
        world.clock.move(float(body.get("offset", world.clock.offset)) + float(body.get("add", 0)))
    world.updates.wake()
    world.pulse.changed()
    return {"offset": world.clock.offset, "now": world.clock.now()}


def _redeliver(world: World, body: Json) -> Json:
    if not world.updates.redeliver(int(body["update_id"])):
        raise ControlError("There was no such update.")
    return {}


def _reset(world: World, _: Json) -> Json:
    world.reset()
    return {}


def _limits(world: World, body: Json) -> Json:
    world.limits.enabled = bool(body["enabled"])
    return {"enabled": world.limits.enabled}


async def _tap(world: World, body: Json, deed: Callable[[World, Json], Json]) -> Json:
    """Tap, and wait as long as wished for what the bot says to it."""
    told = deed(world, body)
    made = (world.callbacks | world.inline_queries)[told["callback_id"]]
    left = float(body.get("wait") or 0)
    while made.answer is None and left > 0 and not world.pulse.closing:
        before = world.clock.now()
        await world.pulse.wait(min(left, 1.0))
        left -= max(world.clock.now() - before, 0.001)
    return told | {"answer": made.answer}


VERBS: dict[str, Callable[[World, Json], Any]] = {
    "people": deeds.added,
    "groups": deeds.group,
    "say": deeds.say,
    "start": deeds.start,
    "media": deeds.media,
    "contact": deeds.contact,
    "edit": deeds.edit,
    "vote": deeds.vote,
    "tap": lambda world, body: _tap(world, body, deeds.tap),
    "inline": lambda world, body: _tap(world, body, deeds.inline),
    "block": lambda world, body: deeds.block(world, body, blocked=True),
    "unblock": lambda world, body: deeds.block(world, body, blocked=False),
    "update": lambda world, body: {"update_id": world.updates.inject(body["update"])},
    "redeliver": _redeliver,
    "faults": _faults,
    "clock": _clock,
    "limits": _limits,
    "reset": _reset,
}


async def do(request: Request) -> Response:
    """Carry out one verb."""
    world = _world(request)
    verb = VERBS.get(request.path_params["verb"])
    if verb is None:
        return JSONResponse({"problem": "There is no such verb."}, 404)
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        return JSONResponse({"problem": "Send JSON."}, 415)
    try:
        result = verb(world, json.loads(await request.body() or b"{}"))
        told = result if isinstance(result, dict) else await result
    except (ControlError, ApiError) as problem:
        return JSONResponse({"problem": deeds.refused(problem)}, 400)
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        return JSONResponse({"problem": f"{type(problem).__name__}: {problem}"}, 400)
    return JSONResponse(told)


async def state(request: Request) -> Response:
    """Show the world."""
    return JSONResponse(views.state_view(_world(request)))


async def chat(request: Request) -> Response:
    """Show a chat; with since and wait only once it has changed."""
    world = _world(request)
    query = request.query_params
    number = request.path_params["chat"]
    found = world.chats.get(int(number)) if number.lstrip("-").isdigit() else None
    if found is None:
        return JSONResponse({"problem": "There is no such chat."}, 404)
    left = float(query.get("wait", 0))
    since = int(query.get("since", 0))
    while found.version <= since and left > 0 and not world.pulse.closing:
        before = world.clock.now()
        await world.pulse.wait(min(left, 1.0))
        left -= max(world.clock.now() - before, 0.001)
    person = world.people.get(int(query.get("person", 0)))
    return JSONResponse(views.chat_view(world, found, person, last=int(query.get("last", 0))))


async def calls(request: Request) -> Response:
    """List what the bot has called."""
    query = request.query_params
    told = views.calls_view(_world(request), query.get("method"), int(query.get("since", 0)))
    return JSONResponse(told)


async def updates(request: Request) -> Response:
    """List the updates and what became of them."""
    queue = _world(request).updates
    return JSONResponse({"updates": queue.told(), "pending": len(queue.waiting())})


async def file(request: Request) -> Response:
    """Hand out a file to the page; never as something the browser would run."""
    stored = _world(request).files.by_id.get(request.path_params["file_id"])
    if stored is None:
        return JSONResponse({"problem": "There is no such file."}, 404)
    picture = stored.kind == "photo"
    return Response(
        stored.content,
        media_type="image/png" if stored.content.startswith(b"\x89PNG") and picture
        else "image/jpeg" if picture
        else "audio/ogg" if stored.kind == "voice"
        else "application/octet-stream",
        headers={
            "Content-Disposition": "inline" if picture or stored.kind == "voice" else "attachment",
            "Cache-Control": "private, max-age=3600",
        },
    )  # fmt: skip


async def events(request: Request) -> Response:
    """Tell the page, as it happens, which chats have changed."""
    world = _world(request)
    return StreamingResponse(
        _stream(world), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
    )


async def _stream(world: World) -> AsyncIterator[str]:
    page = world.pulse.subscribe()
    try:
        yield ": hello\n\n"
        while not world.pulse.closing:
            changed = [await page.get()]
            while not page.empty():
                changed.append(page.get_nowait())
            everything = None in changed
            told = {"all": everything, "chats": sorted({one for one in changed if one is not None})}
            yield f"data: {json.dumps(told)}\n\n"
    finally:
        world.pulse.unsubscribe(page)


ROUTES = [
    Route("/control/state", state),
    Route("/control/events", events),
    Route("/control/calls", calls),
    Route("/control/updates", updates),
    Route("/control/chats/{chat}", chat),
    Route("/control/files/{file_id}", file),
    Route("/control/{verb}", do, methods=["POST"]),
]
