"""Tokens of bots stay in the program: they are taken out of every log line and traceback."""

import logging
import re

HIDDEN = "[token]"
# A token in the address of a request, whichever bot's it is: …/bot7100000001:AA…/sendMessage
TOKEN = re.compile(r"\d{5,}:[\w-]{20,}")


class HideTokens(logging.Filter):
    """Takes tokens out of a record: its words, what is put into them, and its traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = _said(record)
        if TOKEN.search(said):
            record.msg, record.args = TOKEN.sub(HIDDEN, said), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = TOKEN.sub(HIDDEN, record.exc_text)
        return True


def _said(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        # words and values do not fit: the handler will complain, and nothing is to break before
        return f"{record.msg} {record.args}"


def hide_tokens() -> None:
    """Every record is made without tokens, whichever logger or handler it goes through; harmless when repeated."""
    make = logging.getLogRecordFactory()
    if getattr(make, "hides_tokens", False):
        return
    hide = HideTokens()

    def made(*args: object, **more: object) -> logging.LogRecord:
        record = make(*args, **more)
        hide.filter(record)
        return record

    made.hides_tokens = True  # type: ignore[attr-defined]  # a mark on the function itself
    logging.setLogRecordFactory(made)
