import fnmatch
import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from bot.config import Settings, read_settings

ROOT = Path(__file__).resolve().parent.parent


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def goes_to_the_engine(path: str) -> bool:
    """Read .dockerignore as the engine does: from the top of the house, and the last match wins."""
    parts = Path(path).parts
    sent = True
    for line in read(".dockerignore").splitlines():
        pattern = line.removeprefix("!")
        where = parts if pattern.startswith("**/") else parts[:1]
        if not line.startswith("#") and fnmatch.filter(where, pattern.removeprefix("**/")):
            sent = line.startswith("!")
    return sent


def instructions() -> list[tuple[str, str]]:
    whole = re.sub(r"\\\n\s*", "", read("Dockerfile"))
    lines = [line for line in whole.splitlines() if line.strip() and not line.startswith("#")]
    return [tuple(line.split(maxsplit=1)) for line in lines]


def test_the_image_starts_from_a_named_version_and_runs_as_nobody_special():
    steps = instructions()
    images = [rest.split()[0] for word, rest in steps if word == "FROM"]
    users = [rest for word, rest in steps if word == "USER"]
    final = steps[max(index for index, (word, _) in enumerate(steps) if word == "FROM") :]

    assert all(re.fullmatch(r"[\w/-]+:\d[\w.-]*", image) for image in images)
    assert users
    assert users[-1] not in {"root", "0"}
    assert any(word == "RUN" and f" {users[-1]}" in rest for word, rest in final)
    assert ("VOLUME", '["/data"]') in final
    assert any("DATA_DIR=/data" in rest for word, rest in final if word == "ENV")


def test_the_image_is_made_of_files_that_exist_and_of_what_the_lock_names():
    steps = instructions()
    copies = [rest.split() for word, rest in steps if word == "COPY"]
    sources = [source for copy in copies if "--from" not in copy[0] for source in copy[:-1]]
    installs = [rest for word, rest in steps if word == "RUN" and "pip install" in rest]
    stages = {rest.split()[-1] for word, rest in steps if word == "FROM" and " AS " in rest}

    assert sources
    assert [source for source in sources if not (ROOT / source).exists()] == []
    assert [source for source in sources if not goes_to_the_engine(source)] == []
    assert {copy[0].removeprefix("--from=") for copy in copies if "--from" in copy[0]} <= stages
    assert all("--require-hashes" in line or "--no-deps" in line for line in installs)


@pytest.mark.parametrize(
    "path", [".env", ".git/config", "tests/chat.py", "bot/__pycache__/app.pyc"]
)
def test_what_is_secret_or_of_no_use_never_goes_to_the_engine(path):
    assert not goes_to_the_engine(path)


@pytest.mark.parametrize(
    "path", ["bot/app.py", "bot/skp/nip.py", "locale/id/LC_MESSAGES/messages.po"]
)
def test_what_the_product_needs_goes_to_the_engine(path):
    assert goes_to_the_engine(path)


def test_the_image_speaks_to_its_engine_with_the_projects_own_command():
    steps = dict(instructions())
    script = tomllib.loads(read("pyproject.toml"))["project"]["scripts"]
    health = json.loads(steps["HEALTHCHECK"].partition(" CMD ")[2])

    assert json.loads(steps["ENTRYPOINT"]) == list(script)
    assert json.loads(steps["CMD"]) == ["run"]
    assert health == [*script, "periksa"]


def test_compose_brings_the_bot_up_after_a_healthy_database():
    compose = yaml.safe_load(read("compose.yaml"))
    bot, database = compose["services"]["bot"], compose["services"]["database"]
    used = {
        mount.partition(":")[0]
        for service in compose["services"].values()
        for mount in service["volumes"]
    }

    assert bot["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "pg_isready" in " ".join(database["healthcheck"]["test"])
    assert re.fullmatch(r"postgres:\d+", database["image"])
    assert used == set(compose["volumes"])
    assert bot["environment"]["DATA_DIR"] in {mount.split(":")[1] for mount in bot["volumes"]}


def test_compose_holds_no_secret_and_asks_for_those_that_are_missing():
    text = read("compose.yaml")
    compose = yaml.safe_load(text)
    database = compose["services"]["database"]["environment"]
    address = compose["services"]["bot"]["environment"]["DATABASE_URL"]

    assert database["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")
    assert re.fullmatch(
        rf"postgresql://{database['POSTGRES_USER']}:\$\{{POSTGRES_PASSWORD:\?[^}}]+\}}"
        rf"@database:5432/{database['POSTGRES_DB']}",
        address,
    )
    assert compose["services"]["bot"]["environment"]["BOT_TOKEN"].startswith("${BOT_TOKEN:?")


def test_the_example_names_every_setting_and_no_other():
    named = set(re.findall(r"^(?:# )?([A-Z_]+)=", read(".env.example"), re.MULTILINE))
    known = {field.upper() for field in Settings.model_fields}
    compose = yaml.safe_load(read("compose.yaml"))["services"]["bot"]["environment"]

    assert named == known | {"POSTGRES_PASSWORD"}
    assert set(compose) == known - {"CLOCK_FILE"}


def test_the_example_can_be_copied_as_it_is(monkeypatch):
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)

    settings = read_settings(_env_file=ROOT / ".env.example")

    assert settings.bot_token is None
