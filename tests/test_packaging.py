import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pathspec
import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("bot", "handlers", "db", "locale")
LOCKS = ("requirements.lock", "requirements-dev.lock")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def settings_of_the_project() -> dict:
    return tomllib.loads(read("pyproject.toml"))


def product_files() -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def locked(lock: str) -> dict[str, set[Version]]:
    """Give the versions that a lock names for each package; platforms may differ."""
    found: dict[str, set[Version]] = {}
    for line in read(lock).splitlines():
        if match := re.match(r"([\w.-]+)(?:\[[\w,-]+\])?==([^\s;]+)", line):
            found.setdefault(match[1].lower().replace("_", "-"), set()).add(Version(match[2]))
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_versions_and_hashes_but_no_addresses(lock):
    text = read(lock)
    entries = re.split(r"\n(?=[\w-])", text.strip())

    assert "://" not in text
    assert not re.search(r"^(-|--)[a-z]", text, re.MULTILINE)
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert [entry.split()[0] for entry in entries if "==" not in entry.split()[0]] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_satisfies_everything_that_the_project_asks_for(lock):
    project = settings_of_the_project()
    groups = project["dependency-groups"]
    asked = project["project"]["dependencies"] + groups["build"]
    if lock == "requirements-dev.lock":
        asked += [entry for entry in groups["dev"] if isinstance(entry, str)]
    versions = locked(lock)
    unmet = []
    for requirement in map(Requirement, asked):
        held = versions.get(requirement.name.lower().replace("_", "-"), set())
        if not held or not all(version in requirement.specifier for version in held):
            unmet.append(f"{requirement}: {sorted(map(str, held))}")

    assert unmet == [], "make lock writes both locks again."


def test_what_runs_is_what_was_tested():
    running, tested = locked("requirements.lock"), locked("requirements-dev.lock")

    assert {name: held for name, held in running.items() if held != tested.get(name)} == {}
    assert "pytest" not in running


def test_git_leaves_nothing_out_that_the_product_needs():
    ignored = pathspec.GitIgnoreSpec.from_lines(read(".gitignore").splitlines())

    assert sorted(ignored.match_files(product_files())) == []
    assert ignored.match_file(".env")


def test_the_package_holds_every_file_of_the_product(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")

    packed = set(zipfile.ZipFile(wheel).namelist())

    assert product_files() - packed == set()


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", read("Makefile"), re.MULTILINE))


def run_make(
    *words: str, cwd: Path = ROOT, **surroundings: str
) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        [shutil.which("make"), *words],
        cwd=cwd,
        env=clean | surroundings,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_make_alone_lists_every_target_with_its_help():
    told = run_make()

    assert told.returncode == 0
    assert set(re.findall(r"^  make ([a-z-]+) +\w", told.stdout, re.MULTILINE)) == targets()
    assert {"setup", "coba", "test", "lint", "messages", "migrate", "bench", "proof"} <= targets()


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "README.md", "README.id.md"])
def test_a_page_names_only_commands_that_exist(page):
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)", " ".join(re.findall(r"`[^`]+`", read(page)))))
    named |= set(re.findall(r"^ {4}make ([a-z-]+)", read(page), re.MULTILINE))
    benches = set(re.findall(r"python -m (tests\.bench\.\w+)", read(page)))

    assert named - targets() == set()
    assert {bench for bench in benches if importlib.util.find_spec(bench) is None} == set()


@pytest.fixture
def machine(tmp_path):
    """A machine with make and the plainest tools, on which a test decides what Python there is."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("sh", "grep", "rm", "touch", "awk", "tail", "cat", "sed"):
        found = shutil.which(tool)
        assert found
        (tools / tool).symlink_to(found)
    house = tmp_path / "house"
    house.mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements-dev.lock"):
        shutil.copy(ROOT / name, house)
    return house


def put_python(machine: Path, name: str, script: str) -> None:
    python = machine.parent / "bin" / name
    python.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    python.chmod(0o755)


def test_setup_asks_kindly_for_a_python_that_is_new_enough(machine):
    put_python(machine, "python3", "exit 1")

    told = run_make("setup", cwd=machine, PATH=str(machine.parent / "bin"))

    assert told.returncode != 0
    assert "needs Python 3.11 or newer" in told.stderr
    assert not (machine / ".venv").exists()


def test_setup_names_the_package_that_a_python_without_environments_lacks(machine):
    put_python(machine, "python3", 'case "$2" in *ensurepip*) exit 1;; esac')

    told = run_make("setup", cwd=machine, PATH=str(machine.parent / "bin"))

    assert told.returncode != 0
    assert "apt install python3-venv" in told.stderr


def test_setup_passes_over_an_old_python_and_says_when_packages_cannot_be_had(machine):
    put_python(machine, "python3.13", "exit 127")
    put_python(
        machine,
        "python3",
        """
        case "$*" in
            *"-m venv"*) mkdir -p .venv/bin; cp "$0" .venv/bin/python;;
            *"-m pip"*) echo "no route to anywhere"; exit 1;;
        esac
        """,
    )
    for tool in ("mkdir", "cp"):
        (machine.parent / "bin" / tool).symlink_to(shutil.which(tool))

    told = run_make("setup", cwd=machine, PATH=str(machine.parent / "bin"))

    assert told.returncode != 0
    assert "no route to anywhere" in told.stderr
    assert "connection to the internet" in told.stderr
    assert not (machine / ".venv" / ".installed").exists()


def test_continuous_integration_installs_only_what_it_says():
    script = read(".ci/run")
    (installed,) = re.findall(r"apt-get install (.*?) >", script)
    packages = [word for word in installed.split() if not word.startswith("-")]

    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert f"Installing {' and '.join(packages)} " in script
    assert script.rstrip().endswith("DEMAND_BROWSER=1 make test")
