import ast
import importlib
import io
import re
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from telegram.ext import CommandHandler

ROOT = Path(__file__).resolve().parent.parent
TOP = {
    ".ci",
    ".github",
    ".dockerignore",
    ".editorconfig",
    ".env.example",
    ".gitattributes",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Dockerfile",
    "LICENSE",
    "Makefile",
    "README.id.md",
    "README.md",
    "bot",
    "compose.yaml",
    "db",
    "docs",
    "handlers",
    "locale",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements.lock",
    "tests",
}
# What git, the tools and the operator leave here; none of it is shared (see .gitignore).
LEFT_BY_TOOLS = {
    ".coverage",
    ".env",
    ".git",
    ".hypothesis",
    ".import_linter_cache",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".venv",
    "data",
    "dist",
    "htmlcov",
}
BOT_FILES = {
    "__init__.py",
    "__main__.py",
    "app.py",
    "calls.py",
    "config.py",
    "context.py",
    "i18n.py",
    "refusal.py",
}
VAGUE_NAMES = {"util", "utils", "helper", "helpers", "common", "base", "manager", "service"}
TEXT = {"", ".css", ".html", ".js", ".json", ".lock", ".md", ".po", ".py", ".toml", ".txt", ".typ"}
TEXT |= {".yaml", ".yml", ".mako", ".example", ".tsv", ".csv"}
# Written with brackets, so that this file is not found by its own search.
UNFINISHED = re.compile(r"\b(TOD[O]|FIXM[E]|HAC[K])\b")
WORKPLACE = re.compile(
    r"py[p]i\.org|python[h]osted|np[m]js"  # Where packages come from is the machine's own setting.
    r"|(?<![\w.])/(wor[k]|roo[t]|User[s]|tm[p])/[\w.]"
    r"|\bissue #?[0-9]",
    re.IGNORECASE,
)
TIME_READERS = re.compile(
    r"^(dt\.|datetime\.)?(datetime\.(now|utcnow|today)|date\.today)$|^time\.time$"
)
MAY_READ_TIME = ("bot/app.py", "bot/cli/", "bot/sandbox/")


def files(*rooms: str, suffix: str = ".py") -> list[Path]:
    found = (path for room in rooms for path in (ROOT / room).rglob(f"*{suffix}"))
    return sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def comments(path: Path) -> Iterator[tuple[int, str]]:
    source = io.StringIO(path.read_text(encoding="utf-8"))
    for token in tokenize.generate_tokens(source.readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def shared_texts() -> Iterator[Path]:
    for top in sorted(TOP):
        place = ROOT / top
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            if path.is_file() and path.suffix in TEXT and "__pycache__" not in path.parts:
                yield path


ALL_CODE = files("bot", "handlers", "db", "tests")
PRODUCT = files("bot", "handlers", "db")
HANDLERS = [path for path in files("handlers") if path.name != "__init__.py"]


def test_every_room_imports_only_what_it_may():
    linter = Path(sys.executable).parent / "lint-imports"
    told = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stdout + told.stderr


def test_the_contracts_know_every_room():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    known = {room.strip() for layer in layers for room in layer.split("|")} | {"bot.sandbox"}
    rooms = {f"bot.{path.name}" for path in (ROOT / "bot").iterdir() if path.is_dir()}
    rooms |= {f"bot.{Path(file).stem}" for file in BOT_FILES - {"__init__.py"}}

    assert rooms - {"bot.__pycache__"} | {"db", "handlers"} == known


def test_the_rules_stand_on_the_standard_library_alone():
    foreign = [
        f"{name(path)}: {module}"
        for path in files("bot/skp")
        for module in imported(path)
        if module.split(".")[0] not in sys.stdlib_module_names and not module.startswith("bot.skp")
    ]

    assert foreign == []


def test_the_top_of_the_house_holds_only_what_belongs_there():
    found = {
        path.name
        for path in ROOT.iterdir()
        if not path.name.startswith(".coverage.") and not path.name.endswith(".egg-info")
    }

    assert found - TOP - LEFT_BY_TOOLS == set()


def test_the_list_of_files_directly_in_bot_is_closed():
    assert {path.name for path in (ROOT / "bot").glob("*.py")} == BOT_FILES


def test_packages_are_empty_except_the_order_of_handlers():
    full = [name(path) for path in ALL_CODE if path.name == "__init__.py" and path.stat().st_size]

    assert full == ["handlers/__init__.py"]


def test_the_locale_folder_never_hides_the_standard_library():
    assert not (ROOT / "locale" / "__init__.py").exists()
    assert files("locale") == []


@pytest.mark.parametrize("path", ALL_CODE, ids=name)
def test_a_file_is_short_and_says_by_its_name_what_it_is(path):
    parts = {part for piece in path.relative_to(ROOT).parts for part in re.split(r"[_.]", piece)}

    if "versions" not in path.parts:  # A migration is as long as what it makes.
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 350
    assert parts & VAGUE_NAMES == set()


@pytest.mark.parametrize("path", HANDLERS, ids=name)
def test_every_handler_has_its_place_in_the_order(path):
    order = (ROOT / "handlers" / "__init__.py").read_text(encoding="utf-8")

    assert re.search(rf"\b{path.stem}\b", order)


def commands(path: Path) -> set[str]:
    handlers = importlib.import_module(f"handlers.{path.stem}").handlers
    return {
        command
        for handler in handlers
        if isinstance(handler, CommandHandler) and handler.callback.__name__ != "not_yet"
        for command in handler.commands
    }


@pytest.mark.parametrize("path", HANDLERS, ids=name)
@pytest.mark.parametrize("readme", ["README.md", "README.id.md"])
def test_the_map_leads_from_every_command_to_its_file_in_one_step(path, readme):
    lines = (ROOT / readme).read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if f"`{name(path)}`" in line]
    unmapped = [
        command
        for command in sorted(commands(path))
        if not any(f"`/{command}`" in row for row in rows)
    ]

    assert rows, f"{readme} does not name `{name(path)}`."
    assert unmapped == [], f"{readme} names these commands not beside `{name(path)}`."


def test_nothing_is_left_unfinished_and_nothing_speaks_of_the_workplace():
    found = [
        f"{name(path)}:{number}: {line.strip()[:100]}"
        for path in shared_texts()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line) or WORKPLACE.search(line)
    ]

    assert found == []


def test_our_own_code_is_never_mocked():
    stand_ins = {"mock", "unittest.mock", "pytest_mock"}
    imports = [name(path) for path in files("tests") if stand_ins & set(imported(path))]
    # The process's own surroundings may be set; a function of ours may not be swapped.
    swaps = [
        f"{name(path)}:{node.lineno}"
        for path in files("tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "monkeypatch.setattr"
        and not (node.args and ast.unparse(node.args[0]) in {"os", "sys"})
    ]

    assert imports + swaps == []


def test_the_clock_is_read_at_the_top_of_the_house_alone():
    readers = [
        f"{name(path)}:{node.lineno}: {ast.unparse(node.func)}"
        for path in PRODUCT
        if not name(path).startswith(MAY_READ_TIME)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and TIME_READERS.match(ast.unparse(node.func))
    ]

    assert readers == []


EXCEPTION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma|pyright:|ruff:)", re.IGNORECASE)
REASONED = re.compile(
    r"#\s*(noqa: ?[A-Z]+[0-9]+(, ?[A-Z]+[0-9]+)*"
    r"|type: ?ignore\[[\w, -]+\]|pragma: no (cover|branch))"
    r"\s+[#(-]?\s*[\w']+,? \w*[a-z]"
)


def test_every_exception_to_a_check_carries_its_reason():
    bare = [
        f"{name(path)}:{line}: {comment}"
        for path in ALL_CODE
        for line, comment in comments(path)
        if EXCEPTION.search(comment) and not REASONED.search(comment)
    ]

    assert not bare, "\n".join(["Write the reason: # noqa: X100  # Because it is so.", *bare])


@pytest.mark.parametrize(
    ("comment", "reasoned"),
    [
        ("# noqa: S608  # Only names of our own tables.", True),
        ("# type: ignore[arg-type]  # The stubs say less than the library.", True),
        ("# noqa: S311 - an id, no secret.", True),
        ("# noqa: FBT001, FBT002  The season is a fact.", True),
        ("# noqa: S608", False),
        ("# noqa: S608, S609", False),
        ("# noqa", False),
        ("# type: ignore", False),
    ],
)
def test_a_reason_is_told_from_none(comment, reasoned):
    assert bool(REASONED.search(comment)) is reasoned
