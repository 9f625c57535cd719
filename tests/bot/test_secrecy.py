"""The token is in no log line, traceback or repr."""

import io
import logging
from collections.abc import Iterator

import pytest

from bot.channels.telegram.account import Account
from bot.channels.telegram.client import TelegramClient
from bot.secrecy import hide_tokens
from bot.settings import Settings

TOKEN = "7100000001:AAE-a_token_that_nobody_may_ever_see"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What a handler of somebody else's writes."""
    before = logging.getLogRecordFactory()
    hide_tokens()
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger("httpx").addHandler(handler)
    yield written
    logging.getLogger("httpx").removeHandler(handler)
    logging.setLogRecordFactory(before)


def test_an_address_in_a_log_line_shows_no_token(logged: io.StringIO) -> None:
    logging.getLogger("httpx").warning("HTTP Request: %s %s", "POST", f"https://x/bot{TOKEN}/getMe")
    assert logged.getvalue() == "HTTP Request: POST https://x/bot[token]/getMe\n"


def test_a_traceback_shows_no_token(logged: io.StringIO) -> None:
    try:
        raise ValueError(f"The token `{TOKEN}` was rejected")
    except ValueError:
        logging.getLogger("httpx").exception("failed")
    assert "The token `[token]` was rejected" in logged.getvalue()
    assert TOKEN not in logged.getvalue()


def test_a_line_with_nothing_to_hide_is_left_as_it_is(logged: io.StringIO) -> None:
    logging.getLogger("httpx").warning("letter=%s at %s", 12, "08:00")
    assert logged.getvalue() == "letter=12 at 08:00\n"


def test_a_line_whose_values_do_not_fit_shows_no_token_either(logged: io.StringIO) -> None:
    logging.getLogger("httpx").warning("%s %s", TOKEN)
    assert logged.getvalue() == "%s %s ('[token]',)\n"


def test_the_bot_prints_without_its_token() -> None:
    assert repr(TelegramClient(TOKEN, base_url="http://127.0.0.1:1/bot")) == "TelegramClient[[token]]"


def test_the_account_prints_without_token_and_secret() -> None:
    assert repr(Account(TOKEN, "our secret", webhook_secret="theirs")).count("secret") == 0
    assert TOKEN not in repr(Account(TOKEN, "our secret"))


def test_the_settings_print_without_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKEN", TOKEN)
    assert TOKEN not in repr(Settings())
