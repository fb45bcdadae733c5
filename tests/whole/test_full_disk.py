"""A disk that takes nothing more: the kernel refuses every write of the running bot."""

import resource

from tests.sandbox.client import World
from tests.whole.running import Installation
from tests.whole.test_first_day import LOG, SARI, come_in, database, installation, said, world

__all__ = ["database", "installation", "world"]


def let_files_grow(installation: Installation, to: int) -> None:
    """Let no file of the running bot grow beyond a size; beyond it a write fails."""
    _, hard = resource.prlimit(installation.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(installation.pid, resource.RLIMIT_FSIZE, (to, hard))


async def test_what_comes_while_the_disk_is_full_is_kept_by_telegram_and_saved_afterwards(
    world: World, installation: Installation
) -> None:
    await come_in(world, installation)
    let_files_grow(installation, 1)
    await world.say(SARI, LOG)
    await world.say(SARI, "sore rapat koordinasi 2 jam")
    await said(world, "tidak perlu mengirim ulang")
    assert not any("Tersimpan" in message.text for message in await world.messages(SARI))

    let_files_grow(installation, resource.RLIM_INFINITY)
    await said(world, "6 balita")
    await said(world, "rapat koordinasi")
    entries = await installation.json("ekspor", "catatan")
    assert [entry["kegiatan"] for entry in entries] == [LOG, "sore rapat koordinasi 2 jam"]
    assert await installation.stop() == 0
