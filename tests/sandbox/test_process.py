import asyncio
import json
import signal
import sys
import time

from tests.sandbox.client import World
from tests.sandbox.process import ROOT


async def test_sigterm_ends_the_process_cleanly_though_a_poll_and_a_page_are_waiting():
    async with World() as world:
        poll = asyncio.ensure_future(world.api("getUpdates", timeout=50))
        page = await world.http.get(f"{world.url}/control/events")
        await asyncio.sleep(0.2)
        began = time.monotonic()
        running = world.process.running
        running.send_signal(signal.SIGTERM)

        assert await asyncio.to_thread(running.wait, 5) == 0
        assert time.monotonic() - began < 1.5
        assert await poll == {"ok": True, "result": []}
        page.close()


async def test_it_never_outlives_whoever_started_it():
    async with World() as world:
        running = world.process.running
        running.stdin.close()

        assert await asyncio.to_thread(running.wait, 5) == 0


async def test_the_command_line_names_people_and_clock(tmp_path):
    people = tmp_path / "people.json"
    people.write_text(json.dumps([{"id": 5, "first_name": "Wayan", "note": "Bidan"}]))
    clock = tmp_path / "clock"
    clock.write_text("3600\n")

    async with World(people_file=people, clock_file=clock) as world:
        state = await world.look("state")
        moved = await world.clock(add=60)

    assert state["people"][0]["note"] == "Bidan"
    assert state["clock"]["offset"] == 3600
    assert moved == 3660
    assert float(clock.read_text()) == 3660


async def test_a_broken_list_of_people_is_a_sentence_and_no_traceback(tmp_path):
    broken = tmp_path / "people.json"
    broken.write_text("[{")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sandbox", "--people", str(broken),
        cwd=ROOT, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, said = await process.communicate()

    assert process.returncode == 1
    assert said.startswith(b"The sandbox cannot start:")
    assert b"Traceback" not in said


async def test_a_message_says_the_moved_time(world):
    await world.clock(offset=86_400)
    await world.start(1001)

    message = (await world.messages(1001))[0]

    assert abs(message["date"] - time.time() - 86_400) < 10


async def test_a_foreign_site_can_neither_read_nor_act(world):
    forged = {"Sec-Fetch-Site": "cross-site", "Content-Type": "application/json"}
    async with world.http.post(f"{world.url}/control/clock", data="{}", headers=forged) as answer:
        assert answer.status == 403
    plain = {"Content-Type": "text/plain"}
    async with world.http.post(f"{world.url}/control/clock", data="{}", headers=plain) as answer:
        assert answer.status == 415
    rebound = {"Host": "evil.example"}
    async with world.http.get(f"{world.url}/control/state", headers=rebound) as answer:
        assert answer.status == 400


async def test_the_page_lets_nothing_foreign_run(world):
    async with world.http.get(world.page) as answer:
        policy = answer.headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
