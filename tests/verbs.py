"""Run verbs of the command in processes of their own, without reading the code anew each time.

A process is forked from one that has read the code already. It has its own folder, surroundings,
arguments, streams and exit code, as if it had been started; only the second of reading is saved.
That the installed command starts at all is shown by tests that start it.
"""

import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bot.__main__ import VERBS, main

READY = multiprocessing.get_context("forkserver")
READY.set_forkserver_preload(["tests.verbs", *(f"bot.cli.{verb}" for verb in VERBS)])


def run(
    folder: Path,
    *words: str,
    surroundings: dict[str, str],
    first: Callable[[], None] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a verb to its end; `first` is done in its process before."""
    with tempfile.TemporaryDirectory() as place:
        out, err = Path(place, "out"), Path(place, "err")
        running = READY.Process(target=act, args=(folder, words, surroundings, (out, err), first))
        running.start()
        running.join(60)
        if running.exitcode is None:
            running.kill()
            running.join()
        told = (out.read_text("utf-8"), err.read_text("utf-8"))
        code = running.exitcode
        running.close()
    return subprocess.CompletedProcess(words, code, *told)


def act(
    folder: Path,
    words: tuple[str, ...],
    surroundings: dict[str, str],
    streams: tuple[Path, Path],
    first: Callable[[], None] | None,
) -> None:
    """Be the command."""
    for descriptor, path in enumerate((Path(os.devnull), *streams)):
        flags = os.O_WRONLY | os.O_CREAT if descriptor else os.O_RDONLY
        os.dup2(os.open(path, flags), descriptor)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(surroundings)
    time.tzset()
    sys.argv = ["asisten-asn", *words]
    if first is not None:
        first()
    main()
