"""The settings of the Telegram bot."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings

TOKEN = "7100000001:AAE-a_token_that_nobody_may_ever_see"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not beside somebody's own `.env`."""
    monkeypatch.chdir(tmp_path)


def test_the_token_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKEN_FILE", str(tmp_path / "token"))
    assert Settings().telegram_token.get_secret_value() == TOKEN


def test_a_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKEN_FILE", "khong-co")
    with pytest.raises(ValidationError, match="không đọc được tệp khong-co"):
        Settings()


def test_a_webhook_needs_a_public_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_TELEGRAM_MODE", "webhook")
    with pytest.raises(ValidationError, match="https://"):
        Settings()


def test_an_error_in_the_settings_does_not_show_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("NHACVIEC_TELEGRAM_MODE", "webhook")
    with pytest.raises(ValidationError) as wrong:
        Settings()
    assert TOKEN not in str(wrong.value)
