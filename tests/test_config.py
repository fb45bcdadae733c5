from pathlib import Path

import pytest

from bot.cli.speaking import told
from bot.config import Mistake, Settings, SettingsError, read_settings
from bot.i18n import translator

SECRET = "geheim-7Q"


@pytest.fixture(autouse=True)
def bare(monkeypatch, tmp_path):
    """Let no setting of this machine reach the tests."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def mistakes(**given) -> list[Mistake]:
    with pytest.raises(SettingsError) as failure:
        read_settings(**given)
    assert SECRET not in str(failure.value)
    return failure.value.mistakes


def test_without_any_setting_everything_has_a_value():
    settings = read_settings()

    assert settings.bot_token is None
    assert settings.api_base == "https://api.telegram.org/bot"
    assert settings.file_base == "https://api.telegram.org/file/bot"
    assert settings.database == f"sqlite+aiosqlite:///{settings.data_dir / 'asisten-asn.db'}"
    assert settings.data_dir.is_absolute()
    assert (settings.timezone, settings.log_level) == ("Asia/Jakarta", "INFO")


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("sqlite:///asn.db", "sqlite+aiosqlite:///asn.db"),
        ("sqlite:////srv/asn.db", "sqlite+aiosqlite:////srv/asn.db"),
        ("sqlite+aiosqlite:///asn.db", "sqlite+aiosqlite:///asn.db"),
        (" postgres://a:b@host/asn ", "postgresql+asyncpg://a:b@host/asn"),
        ("postgresql://a:b@host:5433/asn", "postgresql+asyncpg://a:b@host:5433/asn"),
        ("postgresql+psycopg://a@host/asn", "postgresql+asyncpg://a@host/asn"),
        ("postgresql+asyncpg://a@host/asn", "postgresql+asyncpg://a@host/asn"),
        ("POSTGRESQL://a@host/asn", "postgresql+asyncpg://a@host/asn"),
        ("postgres://a@host/asn?sslmode=require", "postgresql+asyncpg://a@host/asn?ssl=require"),
        ("postgresql://a@/asn?host=/run/pg", "postgresql+asyncpg://a@/asn?host=%2Frun%2Fpg"),
    ],
)
def test_a_database_may_be_written_as_people_write_it(written, used):
    assert read_settings(database_url=written).database == used


@pytest.mark.parametrize(
    "written",
    [
        f"mysql://a:{SECRET}@host/asn",
        f"oracle+thick://a:{SECRET}@host/asn",
        f"a:{SECRET}@host/asn",
        "asn.db",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        f"postgresql://a:{SECRET}@host/asn?sslrootcert=/a.pem",
        f"postgresql://a:{SECRET}@host/asn?nonsense",
    ],
)
def test_an_unknown_database_is_refused_without_repeating_it(written):
    assert mistakes(database_url=written) == [Mistake("DATABASE_URL")]


@pytest.mark.parametrize("token", [SECRET, f"abc:{SECRET}", "123:", f":{SECRET}", f"1:{SECRET} x"])
def test_what_is_no_token_is_refused_without_repeating_it(token):
    assert mistakes(bot_token=token) == [Mistake("BOT_TOKEN")]


def test_a_token_copied_with_a_space_is_taken():
    assert read_settings(bot_token=" 1:abc\n").bot_token.get_secret_value() == "1:abc"


def test_secrets_are_not_shown_when_the_settings_are():
    settings = read_settings(bot_token=f"1:{SECRET}", database_url=f"postgresql://a:{SECRET}@h/x")

    assert SECRET not in repr(settings)


@pytest.mark.parametrize(
    ("setting", "given"),
    [
        ("bot_api_url", "telegram.org"),
        ("bot_api_url", "ftp://telegram.org"),
        ("webhook_url", "https://"),
        ("listen", "8080"),
        ("listen", "localhost:99999"),
        ("listen", "localhost:"),
        ("timezone", "Jakarta"),
        ("timezone", "Asia"),
        ("timezone", "../Asia/Jakarta"),
        ("timezone", ""),
        ("log_level", "LOUD"),
        ("edit_window_days", "many"),
        ("edit_window_days", "61"),
        ("edit_window_days", "-1"),
    ],
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_mistake_is_told_in_a_sentence_that_names_it(setting, given, language):
    (found,) = mistakes(**{setting: given})
    sentence = told(translator(language), found)

    assert found == Mistake(setting.upper(), given)
    assert sentence.startswith(setting.upper())
    assert given in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize("setting", ["BOT_TOKEN", "DATABASE_URL", "WEBHOOK_SECRET"])
def test_a_secret_that_is_wrong_is_told_in_both_languages(setting):
    indonesian, english = (told(translator(one), Mistake(setting)) for one in ("id", "en"))

    assert indonesian != english
    assert setting in indonesian
    assert setting in english


def test_all_mistakes_are_told_at_once():
    found = mistakes(bot_token=SECRET, timezone="Mars", webhook_secret="ü")

    assert {one.setting for one in found} == {"BOT_TOKEN", "TIMEZONE", "WEBHOOK_SECRET"}


def test_a_file_named_env_is_read_and_the_environment_wins(monkeypatch, tmp_path):
    Path(".env").write_text("TIMEZONE=Asia/Jayapura\nLOG_LEVEL=debug\nOTHER=1\nBOT_TOKEN=\n")
    monkeypatch.setenv("LOG_LEVEL", "error")
    settings = read_settings()

    assert (settings.timezone, settings.log_level) == ("Asia/Jayapura", "ERROR")
    assert settings.bot_token is None


def test_the_address_of_the_api_loses_its_last_slash():
    assert read_settings(bot_api_url="http://127.0.0.1:81/").api_base == "http://127.0.0.1:81/bot"
