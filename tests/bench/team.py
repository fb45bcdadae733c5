"""Measure how long a leader waits for `/tim` in a big agency, the picture included.

Run `python -m tests.bench.team [--people 10000] [--entries 2500000] [--rounds 60]`. It fills a database
of each kind with a tree of units and a year of entries, and lets leaders of teams of twelve ask
through the real worker; then a leader whose team leads others, and the head of the whole. The last
line of the output is JSON.
"""

import argparse
import asyncio
import datetime as dt
import json
import logging
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import asyncpg
import structlog
from sqlalchemy import insert

from bot.skp.entries import EntryState
from bot.skp.nip import NIP_LENGTH
from db.engine import Database
from db.models.entries import Absence, Entry
from db.models.people import Employee, Placement, Unit
from db.models.plans import Indicator, Plan, WorkResult
from tests.chat import Agora
from tests.databases import KINDS, Templates, templates

TEAM = 12
RESULTS = 4
NOW = dt.datetime(2026, 11, 24, 8, 50, tzinfo=dt.UTC)
TODAY = NOW.date()
BEGIN = dt.date(2026, 1, 1)
BUDGET_MS = 300
BATCH = 50_000
COLUMNS = (
    "id", "employee_id", "day", "text", "quantity", "unit", "work_result_id", "additional", "late",
    "state", "part", "nearest", "by_hand", "version", "created_at", "changed_at",
)  # fmt: skip


@dataclass(frozen=True)
class Size:
    """How big the agency is; person 1 heads it, and everyone who leads has a team of twelve."""

    people: int
    entries: int

    def leader_of(self, person: int) -> int | None:
        return (person - 2) // TEAM + 1 if person > 1 else None

    def of_leaves(self) -> list[int]:
        """List the leaders whose twelve people lead nobody."""
        last = self.leader_of(self.people) or 1
        return [one for one in range(1, last) if (one - 1) * TEAM + 2 > last]


def say(words: str) -> None:
    print(words, flush=True)  # noqa: T201  # A benchmark speaks to whoever runs it.
