"""The settings of the Zalo bots."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.connections import connections_of
from bot.settings import Settings

ONE, TWO = "8800000001:a-token-that-nobody-may-ever-see", "8800000002:another-token-nobody-may-see"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not beside somebody's own `.env`."""
    monkeypatch.chdir(tmp_path)


def test_several_tokens_stand_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_ZALO_TOKENS", f"{ONE}, {TWO},{ONE}")
    assert Settings().zalo_bots == [ONE, TWO]


def test_tokens_may_stand_in_a_file_one_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tokens").write_text(f"{ONE}\n{TWO}\n")
    monkeypatch.setenv("NHACVIEC_ZALO_TOKENS_FILE", str(tmp_path / "tokens"))
    assert Settings().zalo_bots == [ONE, TWO]


@pytest.mark.parametrize(("name", "value", "said"), [
    ("NHACVIEC_ZALO_MODE", "webhook", "https://"),
    ("NHACVIEC_ZALO_WEBHOOK_SECRET", "short", "8 đến 256"),
    ("NHACVIEC_ZALO_TOKENS", "a-token-without-its-number", "<số>:<chuỗi>"),
    ("NHACVIEC_ZALO_TOKENS", f"{ONE},{ONE}-after-a-reset", "cùng một bot"),
])  # fmt: skip
def test_what_zalo_would_refuse_is_refused_at_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=said):
        Settings()


def test_the_hosts_of_pictures_are_names_however_they_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_ZALO_IMAGE_HOSTS", "zdn.vn, *.ZADN.vn")
    assert Settings().zalo_hosts == ("zdn.vn", "zadn.vn")


def test_without_a_token_there_is_the_web_chat_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(connections_of(Settings(), "secret").channels) == ["web"]


def test_with_tokens_the_channel_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_ZALO_TOKENS", f"{ONE},{TWO}")
    assert list(connections_of(Settings(), "secret").channels) == ["web", "zalo"]
