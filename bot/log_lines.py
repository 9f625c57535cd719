"""How a log line looks: words for people, or one JSON object a line for programs; what is being done stands in each."""

import json
import logging
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum

from bot.secrecy import hidden, hide_secrets, hide_these
from duties.workdays import HANOI
from scheduler.doing import what_is_done

PLACE_FOR_A_VALUE = re.compile(r"(?:(?P<name>\w+)=)?%(?:(?P<form>[-#0 +]*\d*(?:\.\d+)?[a-zA-Z])|%)")
OURS = ("time", "level", "logger", "message", "exception", "stack")
# What came from outside could begin another line, or colour the reader's terminal: controls are written out.
CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))} | {
    ord("\n"): "\\n",
    ord("\r"): "\\r",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
QUIET = {
    # the two last write out every message at their finest
    **dict.fromkeys(("httpx", "uvicorn", "alembic", "httpcore", "telegram"), logging.WARNING),
    # a beat that finds the one before still at work is left out: no news
    "apscheduler": logging.ERROR,
}


class LogFormat(StrEnum):
    """Lines for people, or objects for programs."""

    TEXT = "text"
    JSON = "json"


class TextLines(logging.Formatter):
    """`2026-06-30 08:00:00,120 INFO scheduler.delivery: sent letter=12 channel=zalo [beat=deliver-7]`."""

    def format(self, record: logging.LogRecord) -> str:
        around = " ".join(f"{name}={hidden(value)}" for name, value in what_is_done().items())
        said = f"{_moment(record):%Y-%m-%d %H:%M:%S},{record.msecs:03.0f} {record.levelname} {record.name}: "
        said += record.getMessage() + (f" [{around}]" if around else "")
        beneath = [
            line
            for part in (_traceback(self, record), record.stack_info)
            if part
            for line in part.splitlines()
        ]
        return "\n    ".join(line.translate(CONTROLS) for line in (said, *beneath))


class JsonLines(logging.Formatter):
    """One object a line: when, how grave, by whom, the words, and each `name=value` of them as a field of its own."""

    def format(self, record: logging.LogRecord) -> str:
        parts = {
            "time": _moment(record).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **{name: hidden(value) for name, value in what_is_done().items() if name not in OURS},
            **{name: value for name, value in _fields(record) if name not in OURS},
        }
        if exception := _traceback(self, record):
            parts["exception"] = exception
        if record.stack_info:
            parts["stack"] = record.stack_info
        return json.dumps(parts, ensure_ascii=False)


def _moment(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, HANOI)


def _traceback(lines: logging.Formatter, record: logging.LogRecord) -> str:
    if record.exc_info and not record.exc_text:
        record.exc_text = hidden(lines.formatException(record.exc_info))
    return record.exc_text or ""


def _fields(record: logging.LogRecord) -> Iterator[tuple[str, object]]:
    """The values by their names: names are those that we wrote, so nothing that came from outside can add a field."""
    if not isinstance(record.args, tuple):
        return
    values = iter(record.args)
    for place in PLACE_FOR_A_VALUE.finditer(str(record.msg)):
        if place["form"] is None:
            continue
        value = next(values, None)
        if place["name"]:
            yield place["name"], value if isinstance(value, int | float) else str(value)


def keep_log(level: str, form: LogFormat = LogFormat.TEXT, secrets: Iterable[str] = ()) -> None:
    """From now on every logger of the process writes so, to standard error, and none shows one of those secrets."""
    hide_secrets()
    hide_these(secrets)
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form is LogFormat.JSON else TextLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(least)
