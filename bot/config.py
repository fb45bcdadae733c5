"""The settings: read once at start, a sentence for each mistake."""

from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

import platformdirs
from pydantic import AfterValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ASYNC_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}


class SettingsError(Exception):
    """The settings hold mistakes; each is one sentence."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__(" ".join(mistakes))
        self.mistakes = mistakes


def known_zone(name: str) -> str:
    """Take the name of a time zone that exists."""
    if name not in available_timezones():
        raise ValueError(f'"{name}" is no time zone; write for example Asia/Jakarta.')
    return name


def web_address(url: str) -> str:
    """Take an http or https address without its trailing slash."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError(f'"{url}" is no address; it begins with https://.')
    return url.rstrip("/")


class Settings(BaseSettings):
    """What the operator decides, from the environment or a file named .env."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True
    )

    bot_token: SecretStr | None = None
    bot_api_url: Annotated[str, AfterValidator(web_address)] = "https://api.telegram.org"
    database_url: SecretStr | None = None
    data_dir: Path = Field(default_factory=lambda: platformdirs.user_data_path("asisten-asn"))
    webhook_url: Annotated[str, AfterValidator(web_address)] | None = None
    webhook_secret: SecretStr | None = None
    listen: str = "127.0.0.1:8080"
    timezone: Annotated[str, AfterValidator(known_zone)] = "Asia/Jakarta"
    log_level: str = "INFO"
    clock_file: Path | None = None
    edit_window_days: int = Field(default=5, ge=0, le=60)

    @field_validator("bot_token")
    @classmethod
    def _looks_like_a_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is None:
            return None
        number, _, secret = token.get_secret_value().partition(":")
        if not number.isdigit() or not secret:
            raise ValueError("is not what BotFather gives: digits, a colon and a secret.")
        return token

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, level: str) -> str:
        if level.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError(f'"{level}" is none of DEBUG, INFO, WARNING, ERROR.')
        return level.upper()

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        return path.expanduser().absolute()

    @property
    def zone(self) -> ZoneInfo:
        """Give the agency's own time zone."""
        return ZoneInfo(self.timezone)

    @property
    def database(self) -> str:
        """Give the database's address with the driver that we use for it."""
        if self.database_url is None:
            return f"sqlite+aiosqlite:///{self.data_dir / 'asisten-asn.db'}"
        scheme, separator, rest = self.database_url.get_secret_value().partition("://")
        name = {"postgres": "postgresql"}.get(scheme, scheme.partition("+")[0])
        return f"{ASYNC_DRIVERS.get(name, scheme)}{separator}{rest}"

    @property
    def api_base(self) -> str:
        """Give the address before the token of every Bot API call."""
        return f"{self.bot_api_url}/bot"

    @property
    def file_base(self) -> str:
        """Give the address before the token of every file."""
        return f"{self.bot_api_url}/file/bot"


def read_settings(**given: Any) -> Settings:
    """Read the settings; raise SettingsError with a sentence for each mistake."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError([sentence(mistake) for mistake in error.errors()]) from None


def sentence(mistake: Any) -> str:
    """Turn one mistake into a sentence that never repeats a secret."""
    name = str(mistake["loc"][0]).upper()
    return f"{name} {mistake['msg'].removeprefix('Value error, ')}"
