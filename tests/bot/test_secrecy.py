"""No token, code, address, password or telephone number is in a log line, a traceback or a repr."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.channels.telegram.account import Account
from bot.channels.telegram.client import TelegramClient
from bot.secrecy import hide_secrets, hide_these
from bot.settings import Settings

TOKEN = "7100000001:AAE-a_token_that_nobody_may_ever_see"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What a handler of somebody else's writes."""
    before = logging.getLogRecordFactory()
    hide_secrets()
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


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("GET /vao/K7MPQ2AB", "GET /vao/[token]"),
        ("GET /vao?ma=k7mpq2ab&x=1", "GET /vao?ma=[token]&x=1"),
        ("GET /tep/Zm9vYmFy-x_1?xem=1", "GET /tep/[token]?xem=1"),
        ("POST /nop/abc", "POST /nop/[token]"),
        ("GET /lich/Zm9v.ics 304", "GET /lich/[token] 304"),
        ("GET /web/abc#x", "GET /web/[token]#x"),
        ("used code K7MPQ2AB twice", "used code [code] twice"),
        ("call 0912 345 678 or +84912345678", "call [phone] or [phone]"),
        ("call 0912.345.678.", "call [phone]."),
        ("X-Telegram-Bot-Api-Secret-Token: 3fb2c1d4e5f6", "X-Telegram-Bot-Api-Secret-Token: [token]"),
        ("(b'x-bot-api-secret-token', b'3fb2c1d4e5f6')", "(b'x-bot-api-secret-token', b'[token]')"),
        ("Authorization: Bearer abc.def", "Authorization: [token]"),
        ("refused Bearer abc.def", "refused Bearer [token]"),
        ("cookie: nhacviec=WyJ4Il0.aB1.xyz", "cookie: [token]"),
        ("link " + "aB3-" * 11, "link [token]"),
    ],
)
def test_nothing_that_opens_a_door_is_shown(logged: io.StringIO, said: str, shown: str) -> None:
    logging.getLogger("httpx").warning("%s", said)
    assert logged.getvalue() == f"{shown}\n"


@pytest.mark.parametrize(
    "said",
    [
        "sent letter=123456 channel=telegram",
        "update=812345678 bot=7100000001 chat=-1001234567890",
        "due=2026-06-30 at 08:00, 20260630",
        "sha256 3fb2c1d4e5f60718293a4b5c6d7e8f903fb2c1d4e5f60718293a4b5c6d7e8f90",
        "status=403 code=-124 seconds=0.0412345678",
        "Telegram refuses the bot's token: see NHACVIEC_TELEGRAM_TOKEN",
    ],
)
def test_what_operators_need_is_left(logged: io.StringIO, said: str) -> None:
    logging.getLogger("httpx").warning("%s", said)
    assert logged.getvalue() == f"{said}\n"


def test_the_secrets_of_this_installation_are_known_as_they_are(
    logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", "postgresql+psycopg://nv:mat%40khau@db/nv")
    monkeypatch.setenv("NHACVIEC_METRICS_TOKEN", "so-do-rieng")
    monkeypatch.setenv("NHACVIEC_ZALO_TOKENS", "12:ab-cd,34:ef-gh")
    hide_these(Settings().secrets)
    logging.getLogger("httpx").warning("mat@khau mat%40khau so-do-rieng 34:ef-gh")
    assert logged.getvalue() == "[token] [token] [token] [token]\n"


@pytest.mark.parametrize(
    "name", [name for name, field in Settings.model_fields.items() if field.annotation is SecretStr]
)
def test_every_secret_may_lie_in_a_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "secret"
    kept.write_text("710001:of-a-file\n", "utf-8")
    monkeypatch.setenv(f"NHACVIEC_{name.upper()}_FILE", str(kept))
    assert getattr(Settings(), name).get_secret_value() == "710001:of-a-file"


def test_the_bot_prints_without_its_token() -> None:
    assert repr(TelegramClient(TOKEN, base_url="http://127.0.0.1:1/bot")) == "TelegramClient[[token]]"


def test_the_account_prints_without_token_and_secret() -> None:
    assert repr(Account(TOKEN, "our secret", webhook_secret="theirs")).count("secret") == 0
    assert TOKEN not in repr(Account(TOKEN, "our secret"))


def test_the_settings_print_without_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKEN", TOKEN)
    assert TOKEN not in repr(Settings())
