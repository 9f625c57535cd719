"""`nhacviec summary` writes the documents of a window as files, and says in one line what stands in the way."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import program
from bot.program import summary_files
from duties.errors import UnfitForm
from scheduler.clock import StoppedClock
from tests.bot.test_program import PLAN
from tests.conftest import hanoi

Run = Callable[..., Result]
CLOCK = StoppedClock(hanoi("2022-06-15 09:00"))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program on a database of its own, with a plan in force."""
    monkeypatch.chdir(tmp_path)
    env = {"NHACVIEC_DATABASE_URL": "sqlite:///office.db", "NHACVIEC_AGENCY_NAME": "Sở Nội vụ"}
    (tmp_path / "ke-hoach.txt").write_text(PLAN, encoding="utf-8")

    def run(*words: str) -> Result:
        return CliRunner().invoke(program, words, env=env, obj=CLOCK)

    assert run("plan", "add", "ke-hoach.txt", "--confirm").exit_code == 0
    return run


@pytest.mark.parametrize(
    ("option", "name", "begins"),
    [("--docx", "q2.docx", b"PK"), ("--xlsx", "q2.xlsx", b"PK"), ("--png", "q2.png", b"\x89PNG"), ("--zip", "q2.zip", b"PK")],
)  # fmt: skip
def test_each_document_is_written_where_it_was_asked_for(
    office: Run, tmp_path: Path, option: str, name: str, begins: bytes
) -> None:
    result = office("summary", "--window", "quý 2", option, name)
    assert (result.exit_code, name in result.stderr) == (0, True)
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_json_stays_alone_on_its_stream(office: Run) -> None:
    result = office("summary", "--window", "quý 2", "--json", "--xlsx", "q2.xlsx")
    assert json.loads(result.stdout)["window"]["key"] == "2022-Q2"


def test_json_tells_what_the_summary_is_compared_with_and_whether_it_was_closed(office: Run) -> None:
    told = json.loads(office("summary", "--window", "quý 2", "--json").stdout)
    assert (told["before"], told["frozen"], told["by_group"][0]["occurrences"]["total"]) == (None, None, 1)


@pytest.mark.parametrize(
    ("where", "says"),
    [("khong-co/q2.docx", "Không có thư mục khong-co"), (".", ". là thư mục; xin ghi cả tên tệp.")],
)
def test_a_place_that_does_not_exist_is_refused_before_any_work(office: Run, where: str, says: str) -> None:
    result = office("summary", "--window", "quý 2", "--docx", where)
    assert (result.exit_code, result.stdout, says in result.stderr) == (2, "", True)


def test_a_file_that_is_open_elsewhere_keeps_its_content(
    office: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_open(*_: object) -> None:
        raise PermissionError

    (tmp_path / "q2.docx").write_bytes(b"cu")
    monkeypatch.setattr("bot.program.summary_files.os.replace", is_open)
    result = office("summary", "--window", "quý 2", "--docx", "q2.docx")
    assert (result.exit_code, "tệp đang mở ở chương trình khác" in result.stderr) == (2, True)
    assert sorted(path.name for path in tmp_path.glob("*q2*")) == ["q2.docx"]


def test_a_form_that_cannot_be_filled_in_is_said(office: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise UnfitForm("Mẫu báo cáo hỏng.")

    monkeypatch.setattr(summary_files, "written", refuse)
    result = office("summary", "--window", "quý 2", "--docx", "q2.docx")
    assert (result.exit_code, "Mẫu báo cáo hỏng." in result.stderr) == (1, True)
