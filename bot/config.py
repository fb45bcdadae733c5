"""The settings: read once at start, every mistake named at once."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from zoneinfo import ZoneInfo, available_timezones

import platformdirs
from pydantic import AfterValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

# The kinds that the rules know; a test holds both lists together.
REMINDERS = (
    "prompt", "follow-up", "digest", "ramadan", "closing", "catch-up", "action-plan", "plan",
    "recap", "welcome", "guidance", "quiz",
)  # fmt: skip
USUAL_REMINDERS = ("prompt", "follow-up", "digest", "ramadan", "closing", "catch-up", "welcome")
NO_REMINDERS = "none"
DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}
# What an address of PostgreSQL may say after its question mark, and how the driver calls it.
POSTGRESQL_WORDS = {
    "host": "host",
    "port": "port",
    "user": "user",
    "password": "password",
    "ssl": "ssl",
    "sslmode": "ssl",
    "target_session_attrs": "target_session_attrs",
    "prepared_statement_cache_size": "prepared_statement_cache_size",
}
SECRETS = {"bot_token", "database_url", "webhook_secret"}
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
TOKEN = re.compile(r"\d+:[^\s/]+")
LISTEN = re.compile(r"(?:[^\s:/\[\]]+|\[[0-9a-fA-F:]+\]):(\d{1,5})")
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass(frozen=True)
class Mistake:
    """One setting that cannot be used, and what was given, unless it is a secret."""

    setting: str
    given: str = ""


class SettingsError(Exception):
    """The settings hold mistakes; whoever meets them says each in a sentence."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__(", ".join(mistake.setting for mistake in mistakes))
        self.mistakes = mistakes


def known_zone(name: str) -> str:
    """Take the name of a time zone that exists."""
    if name not in available_timezones():
        raise ValueError("no time zone")
    return name


def web_address(url: str) -> str:
    """Take an http or https address without its trailing slash."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("no address")
    return url.rstrip("/")


def listening(address: str) -> str:
    """Take a host and a port."""
    found = LISTEN.fullmatch(address)
    if found is None or not 0 < int(found[1]) < 65536:
        raise ValueError("no host and port")
    return address


def level(name: str) -> str:
    """Take the name of a log level."""
    if name.upper() not in LEVELS:
        raise ValueError("no level")
    return name.upper()


def like_a_token(token: SecretStr) -> SecretStr:
    """Take a token as BotFather gives it; a copied space does not matter."""
    bare = token.get_secret_value().strip()
    if not TOKEN.fullmatch(bare):
        raise ValueError("no token")
    return SecretStr(bare)


def like_a_secret(secret: SecretStr) -> SecretStr:
    """Take a webhook secret that Telegram takes."""
    if not WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
        raise ValueError("no secret")
    return secret


def database_address(url: SecretStr) -> SecretStr:
    """Take a database's address as people write it and name the driver that we use for it."""
    scheme, separator, rest = url.get_secret_value().strip().partition("://")
    name = scheme.partition("+")[0].lower()
    if not separator or name not in DRIVERS:
        raise ValueError("no address")
    if name == "sqlite":
        # A database in memory would be another one for each connection.
        if not rest.startswith("/") or rest.strip("/") in {"", ":memory:"}:
            raise ValueError("no file")
    else:
        rest = in_the_drivers_words(rest)
    return SecretStr(f"{DRIVERS[name]}://{rest}")


def in_the_drivers_words(rest: str) -> str:
    """Rename what an address says after its question mark; refuse what would be ignored."""
    address, question, query = rest.partition("?")
    said = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    if not all(word in POSTGRESQL_WORDS for word, _ in said):
        raise ValueError("unknown word")
    return f"{address}{question}{urlencode([(POSTGRESQL_WORDS[word], is_) for word, is_ in said])}"


def kinds_of_reminders(names: str) -> str:
    """Take a list of kinds of reminders, or the word that leaves everything to the people."""
    if names.strip() != NO_REMINDERS and not {*named(names)} <= {*REMINDERS}:
        raise ValueError("unknown kind")
    return names


def named(names: str) -> list[str]:
    """Read a list with commas."""
    return [name.strip() for name in names.split(",") if name.strip()]


class Settings(BaseSettings):
    """What the operator decides, from the environment or a file named .env."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True
    )

    bot_token: Annotated[SecretStr, AfterValidator(like_a_token)] | None = None
    bot_api_url: Annotated[str, AfterValidator(web_address)] = "https://api.telegram.org"
    database_url: Annotated[SecretStr, AfterValidator(database_address)] | None = None
    data_dir: Path = Field(default_factory=lambda: platformdirs.user_data_path("asisten-asn"))
    webhook_url: Annotated[str, AfterValidator(web_address)] | None = None
    webhook_secret: Annotated[SecretStr, AfterValidator(like_a_secret)] | None = None
    listen: Annotated[str, AfterValidator(listening)] = "127.0.0.1:8080"
    timezone: Annotated[str, AfterValidator(known_zone)] = "Asia/Jakarta"
    log_level: Annotated[str, AfterValidator(level)] = "INFO"
    clock_file: Path | None = None
    edit_window_days: int = Field(default=5, ge=0, le=60)
    reminders: Annotated[str, AfterValidator(kinds_of_reminders)] = ",".join(USUAL_REMINDERS)
    reminders_a_day: int = Field(default=2, ge=1, le=5)
    closing_required: bool = False

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        return path.expanduser().absolute()

    @property
    def zone(self) -> ZoneInfo:
        """Give the agency's own time zone."""
        return ZoneInfo(self.timezone)

    @property
    def usual_reminders(self) -> tuple[str, ...]:
        """Give which reminders are on by themselves."""
        return tuple(name for name in named(self.reminders) if name != NO_REMINDERS)

    @property
    def database(self) -> str:
        """Give the database's address with the driver that we use for it."""
        if self.database_url is None:
            return f"sqlite+aiosqlite:///{self.data_dir / 'asisten-asn.db'}"
        return self.database_url.get_secret_value()

    @property
    def api_base(self) -> str:
        """Give the address before the token of every Bot API call."""
        return f"{self.bot_api_url}/bot"

    @property
    def file_base(self) -> str:
        """Give the address before the token of every file."""
        return f"{self.bot_api_url}/file/bot"


def read_settings(**given: Any) -> Settings:
    """Read the settings; raise SettingsError with every mistake."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError([mistake(one) for one in error.errors()]) from None


def mistake(found: Any) -> Mistake:
    """Name a mistake without repeating a secret."""
    name = str(found["loc"][0])
    given = "" if name in SECRETS else str(found["input"])
    return Mistake(name.upper(), given)
