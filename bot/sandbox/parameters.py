import json
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.sandbox.files import Upload
from bot.sandbox.people import Json
from bot.sandbox.refusals import bad


@dataclass
class Parameters:
    """Hold what came with a call, whichever way it was written."""

    values: Json = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """Give a string."""
        value = self.values.get(name)
        return default if value is None else str(value)

    def number(self, name: str, default: int | None = None) -> int:
        """Give a whole number, or refuse."""
        value = self.values.get(name, default)
        if value is None or value == "":
            raise bad(f"{name} is empty" if name == "chat_id" else f"{name} is not specified")
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad(
                "chat not found" if name == "chat_id" else f"{name} must be a number"
            ) from None

    def flag(self, name: str) -> bool:
        """Give a yes or no."""
        value = self.values.get(name)
        return value if isinstance(value, bool) else str(value).lower() in {"true", "1", "yes"}

    def parsed(self, name: str) -> Any:
        """Give a nested value, which forms carry as JSON text."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def listed(self, name: str) -> list[Any]:
        """Give a list, or refuse."""
        value = self.parsed(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise bad(f"expected an Array as {name}")
        return value

    def told(self) -> Json:
        """Give the call for the record, files by name and size only."""
        files = {
            name: {"file_name": one.name, "size": len(one.content)}
            for name, one in self.uploads.items()
        }
        return {name: self._loose(value) for name, value in self.values.items()} | files

    @staticmethod
    def _loose(value: Any) -> Any:
        if isinstance(value, str) and value[:1] in {"{", "["}:
            try:
                return json.loads(value)
            except ValueError:
                return value
        return value


async def read(request: Request) -> Parameters:
    """Read a call's query, JSON, form or multipart body."""
    found = Parameters(dict(request.query_params))
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        found.values |= await _json(request)
    elif kind in {"multipart/form-data", "application/x-www-form-urlencoded"}:
        async with request.form(max_fields=2_000, max_part_size=60 * 1024 * 1024) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    found.uploads[name] = Upload(
                        value.filename or "file",
                        value.content_type or "application/octet-stream",
                        await value.read(),
                    )
                else:
                    found.values[name] = value
    return found


async def _json(request: Request) -> Json:
    try:
        said = json.loads(await request.body() or b"{}")
    except ValueError:
        raise bad("can't parse request JSON object") from None
    if not isinstance(said, dict):
        raise bad("can't parse request JSON object")
    return said
