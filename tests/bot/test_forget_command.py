"""`nhacviec forget`: shown first, done when confirmed, refused in one line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import program
from data.engine import migrate, open_engine
from data.files import FilesFolder
from scheduler.clock import StoppedClock
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation

NOW = hanoi("2022-03-14 09:00")
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """An office with two units; Lan writes in the chat of one."""
    monkeypatch.chdir(tmp_path)
    engine = open_engine("sqlite:///office.db")
    migrate(engine)
    talk = Conversation(engine, NOW, FilesFolder(tmp_path / "files"))
    talk.say(PLANS, "cảm ơn", person="Nguyễn Thị Lan")
    talk.say(OFFICE, "cảm ơn")
    engine.dispose()

    def invoke(*words: str) -> Result:
        env = {"NHACVIEC_DATABASE_URL": "sqlite:///office.db"}
        return CliRunner().invoke(program, words, env=env, obj=StoppedClock(NOW))

    return invoke


def test_it_is_shown_first_and_nothing_goes(run: Run) -> None:
    for _ in range(2):
        told = run("forget", "nguyễn thị lan").stdout
        assert told.startswith("Nguyễn Thị Lan (web): sẽ xóa tên, địa chỉ và lời ở 1 tin đến")
        assert told.endswith("Chưa xóa gì. Muốn xóa: thêm --confirm\n")


def test_confirmed_it_is_done_and_noted(run: Run) -> None:
    assert "đã xóa tên, địa chỉ và lời" in run("forget", "Nguyễn Thị Lan", "--confirm").stdout
    assert "Nguyễn Thị Lan" not in run("audit", "list", "--json").stdout
    assert "xóa dữ liệu của một người" in run("audit", "list").stdout
    assert run("audit", "verify").exit_code == 0


def test_whoever_is_not_known_is_one_line(run: Run) -> None:
    refused = run("forget", "Trần Văn Minh", "--confirm")
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert "Không có ai tên hoặc mã “Trần Văn Minh”" in refused.stderr


def test_the_last_chat_of_the_office_stays(run: Run) -> None:
    refused = run("forget", OFFICE, "--confirm")
    assert (refused.exit_code, "kênh cuối cùng của Văn phòng" in refused.stderr) == (1, True)


def test_a_unit_without_a_chat_is_told_with_how_to_invite_it(run: Run) -> None:
    told = run("forget", PRESS, "--channel", "web").stdout
    assert f"{PRESS} sẽ không còn kênh nhận tin; mời lại: nhacviec invite “{PRESS}”" in told
