"""`nhacviec run` says in one line why it cannot start."""

import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from typer.testing import CliRunner, Result

from bot.__main__ import program
from bot.settings import Settings
from bot.site import greet
from data.engine import transaction
from data.tables import Agency, Invitation, Trail
from tests.conftest import NOW


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def _with_the_logs_as_they_were() -> Iterator[None]:
    levels = {logger: logger.level for logger in _loggers()}
    yield
    for logger in _loggers():
        logger.setLevel(levels.get(logger, logging.NOTSET))


def _loggers() -> list[logging.Logger]:
    named = logging.Logger.manager.loggerDict.values()
    return [logging.getLogger(), *(logger for logger in named if isinstance(logger, logging.Logger))]


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def run_with(**settings: str) -> Result:
    return CliRunner().invoke(
        program, ["run"], env={f"NHACVIEC_{name.upper()}": value for name, value in settings.items()}
    )


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("port", "tám nghìn", "NHACVIEC_PORT: phải là một số"),
        ("port", "70000", "NHACVIEC_PORT: không được quá 65535"),
        ("log_level", "loud", "NHACVIEC_LOG_LEVEL: phải là một trong: DEBUG, INFO, WARNING, ERROR"),
        ("telegram_mode", "webhook", "cần NHACVIEC_WEB_URL bắt đầu bằng https://"),
        ("database_url", "foo://x", "Không mở được cơ sở dữ liệu"),
        ("database_url", "sqlite:////dev/null/x/nhacviec.db", "Không mở được cơ sở dữ liệu"),
    ],
)
def test_a_wrong_setting_is_said_in_one_line(name: str, value: str, said: str) -> None:
    result = run_with(**{name: value})
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert said in result.stderr


def test_a_port_in_use_is_said_before_anything_is_promised(taken_port: int) -> None:
    result = run_with(port=str(taken_port))
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"Cổng {taken_port} đang có chương trình khác dùng" in result.stderr


def test_a_server_that_listens_everywhere_gives_an_address_that_can_be_opened() -> None:
    assert Settings(host="0.0.0.0", port=8080).base_url == "http://127.0.0.1:8080"


def test_the_offices_first_way_in_is_told_and_noted(
    engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    with transaction(engine) as session:
        session.add(Agency(name="Sở Nội vụ", created_at=NOW))
    greet(engine, Settings(web_url="https://nhacviec.example"))
    with transaction(engine) as session:
        noted = session.exec(select(Trail)).one()
        code_hash = session.exec(select(Invitation.code_hash)).one()
    assert "https://nhacviec.example/vao/" in capsys.readouterr().out
    assert (noted.action, noted.detail, noted.agency_id) == ("invite", {"to": ["Văn phòng"]}, 1)
    assert code_hash not in str(noted.detail)
