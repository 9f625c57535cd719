"""What no log line may show is taken out of it, whoever wrote it: the last net, below not writing it at all."""

import logging
import re
from collections.abc import Iterable

HIDDEN = "[token]"
SHORTEST_SECRET = 6
# A token in the address of a request, whichever bot's it is: …/bot7100000001:AA…/sendMessage
TOKEN = re.compile(r"\d{5,}:[\w-]{20,}")
# The last part of a secret address of ours, and secrets that stand in a query or a header.
ADDRESS = re.compile(r"(/(?:vao|tep|nop|lich|web)/)[^\s/?#\"'<>]+")
NAMED = re.compile(
    r"([?&](?:ma|code)=|\b(?:\w*token|secret|password|nhacviec)=|\b(?:bearer|basic)\s)[^\s&\"';,]+",
    re.IGNORECASE,
)
HEADER = re.compile(
    r"((?:-token|authorization|cookie)[^\w\[]{1,6}(?:b['\"])?)(?:(?:bearer|basic) )?[^\s'\",)\[]{6,}",
    re.IGNORECASE,
)
# Chance written as letters: our links hold 43 of them.
CHANCE = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{40,}")
# An invitation code: data/people.py says of which letters; with a figure in it, and a letter to tell it from a number.
CODE = re.compile(r"(?<!\w)(?=[A-Z]*\d)(?=\d*[A-Z])[A-HJ-NP-Z2-9]{8}(?!\w)")
PHONE = re.compile(r"(?<![\w.-])(?:\+?84|0)[ .-]?[1-9](?:[ .-]?\d){8}(?!\w)")

_ours: set[str] = set()


def hide_these(secrets: Iterable[str]) -> None:
    """Never show these values either: the secrets of this installation, as they are."""
    _ours.update(secret for secret in secrets if len(secret) >= SHORTEST_SECRET)


def hidden(said: str) -> str:
    """The words without anything that is nobody's business."""
    # the longest first: one may be part of another
    for secret in sorted(_ours, key=len, reverse=True):
        said = said.replace(secret, HIDDEN)
    said = TOKEN.sub(HIDDEN, said)
    for named in (ADDRESS, HEADER, NAMED):
        said = named.sub(rf"\1{HIDDEN}", said)
    return PHONE.sub("[phone]", CODE.sub("[code]", CHANCE.sub(HIDDEN, said)))


class HideSecrets(logging.Filter):
    """Takes secrets out of a record: its words, what is put into them, and its traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_without_secrets(value) for value in record.args)
        try:
            said = record.getMessage()
        except (TypeError, ValueError):
            # words and values do not fit: the handler would complain, and nothing is to break
            said = f"{record.msg} {record.args}"
            record.msg, record.args = said, ()
        if (shown := hidden(said)) != said:
            record.msg, record.args = shown, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = hidden(record.exc_text)
        if record.stack_info:
            record.stack_info = hidden(record.stack_info)
        return True


def _without_secrets(value: object) -> object:
    """Itself where it shows none, so that numbers stay numbers."""
    if isinstance(value, int | float):
        return value
    said = str(value)
    return value if (shown := hidden(said)) == said else shown


def hide_secrets() -> None:
    """Every record is made without secrets, whichever logger or handler it goes through; harmless when repeated."""
    make = logging.getLogRecordFactory()
    if getattr(make, "hides_secrets", False):
        return
    hide = HideSecrets()

    def made(*args: object, **more: object) -> logging.LogRecord:
        record = make(*args, **more)
        hide.filter(record)
        return record

    made.hides_secrets = True  # type: ignore[attr-defined]  # a mark on the function itself
    logging.setLogRecordFactory(made)
