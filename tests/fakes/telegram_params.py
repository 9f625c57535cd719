"""The parameters of one call: form, JSON or query string, and uploaded files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.telegram_refusals import bad_request

Shape = dict[str, Any]

NUMBERS = {"chat_id", "user_id", "message_id", "message_thread_id", "offset", "limit", "timeout"}
OBJECTS = {"reply_markup", "reply_parameters", "commands", "scope", "allowed_updates", "entities"}
READ = NUMBERS | OBJECTS


@dataclass(frozen=True)
class Upload:
    name: str
    mime: str
    data: bytes


@dataclass(frozen=True)
class Params:
    values: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        return self.values.get(name)

    def number(self, name: str) -> int | None:
        value = self.values.get(name, "")
        try:
            return int(float(value)) if value else None
        except ValueError:
            raise bad_request(f"invalid {name} specified") from None

    def needed(self, name: str) -> int:
        number = self.number(name)
        if number is None:
            raise bad_request(f"{name} is empty" if name == "chat_id" else f"invalid {name} specified")
        return number

    def truth(self, name: str) -> bool:
        return self.values.get(name, "").lower() in ("true", "1", "yes")

    def shape(self, name: str) -> Shape | None:
        found = self._json(name)
        return found if isinstance(found, dict) else None

    def listed(self, name: str) -> list[Any] | None:
        found = self._json(name)
        return found if isinstance(found, list) else None

    def _json(self, name: str) -> object:
        try:
            return json.loads(self.values.get(name) or "null")
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        """The file of a field, sent in it or attached under another name."""
        return self.files.get(self.values.get(name, "").removeprefix("attach://")) or self.files.get(name)

    def said(self) -> Shape:
        """What a test may look at: numbers and objects read, the rest as text, files by name."""
        read: Shape = {name: _read(name, value) for name, value in self.values.items()}
        return read | {name: upload.name for name, upload in self.files.items()}


async def read_params(request: web.Request) -> Params:
    values = dict(request.query)
    files = {}
    if request.content_type == "application/json":
        body = await request.json()
        values |= {name: part if isinstance(part, str) else json.dumps(part) for name, part in body.items()}
        return Params(values)
    for name, part in (await request.post()).items():
        if isinstance(part, web.FileField):
            files[name] = Upload(part.filename, part.content_type, part.file.read())
            part.file.close()
        else:
            values[name] = str(part)
    return Params(values, files)


def _read(name: str, value: str) -> object:
    if name not in READ:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
