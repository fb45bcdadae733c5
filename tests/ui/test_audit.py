import ast
import datetime as dt
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot.actions
import handlers
from bot.actions.audit import ChangeLine
from bot.i18n import LANGUAGES, translator
from bot.skp.plans import SubmissionState
from bot.ui.audit import what
from db.audit import LOOKS

NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
HOLIDAY = {"day": "2026-11-27", "name": "Hari jadi kabupaten contoh"}
# The functions that keep a change, and the one place that puts its action together.
KEEPERS = {"AuditRecord", "record", "note"}
COMPOSED = {f"plan.{state.value}" for state in SubmissionState}


def written(path: Path, names: dict[str, object]) -> Iterator[str]:
    """Give the actions that a module hands to what keeps a change."""
    for call in ast.walk(ast.parse(path.read_text())):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        if call.func.id not in KEEPERS:
            continue
        given = [*call.args, *(one.value for one in call.keywords if one.arg == "action")]
        for one in given:
            if isinstance(one, ast.Constant):
                yield one.value
            elif isinstance(one, ast.Name):
                yield names.get(one.id)
            elif isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
                yield getattr(names.get(one.value.id), one.attr, None)


def actions() -> set[str]:
    found = set(COMPOSED)
    for room in (bot.actions, handlers):
        for one in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            module = importlib.import_module(one.name)
            if {"AuditRecord", "record"} & set(vars(module)):
                texts = written(Path(module.__file__), vars(module))
                found |= {text for text in texts if type(text) is str}
    return found - set(LOOKS)


def test_the_actions_of_every_kind_of_keeping_are_found():
    some = {"absence.noted", "plan.linked", "pact.published", "help-asked", "roster.applied"}
    assert some | COMPOSED <= actions()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("action", sorted(actions()))
def test_every_change_has_its_words(action, language):
    line = ChangeLine(NOW, None, action, None, HOLIDAY)

    assert what(translator(language), line) != action


def test_a_holiday_is_named_with_its_day():
    line = ChangeLine(NOW, "A", "holiday.added", None, HOLIDAY)

    said = what(translator("id"), line)
    assert "Hari jadi kabupaten contoh" in said
    assert "27 Nov 2026" in said
