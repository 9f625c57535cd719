"""Everything of an office, for reading elsewhere, on either database."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, Table
from sqlalchemy.sql.util import find_tables
from sqlmodel import SQLModel

from data.engine import transaction
from data.files import FilesFolder
from data.handover.export import export
from data.handover.sheet import Sheet
from data.handover.sheets import ALL, FOR_PROGRAMS
from data.tables import Invitation, Trail
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.keeping import PDF, busy_office, everything, migrated

Files = dict[str, bytes]


class Held:
    """A place that keeps in memory what is written to it."""

    def __init__(self) -> None:
        self.files: Files = {}

    @contextmanager
    def open(self, name: str) -> Iterator[io.BytesIO]:
        assert name not in self.files
        written = io.BytesIO()
        yield written
        self.files[name] = written.getvalue()


@pytest.fixture
def talk(engine: Engine, tmp_path: Path) -> Iterator[Conversation]:
    with migrated(engine):
        yield busy_office(engine, tmp_path / "files")


@pytest.fixture
def given(talk: Conversation) -> Files:
    return exported(talk)


def exported(talk: Conversation, files: FilesFolder | None = None) -> Files:
    held = Held()
    export(talk.engine, files or talk.files, held, lambda _what: None)
    return held.files


def table(given: Files, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(given[name].decode("utf-8-sig"), newline="")))


def test_every_obligation_has_its_line(given: Files) -> None:
    lines = [(line["Mã nhiệm vụ"], line["Đơn vị"]) for line in table(given, "phan-viec.csv")]
    assert {("1.1", PLANS), ("1.2", PLANS), ("1.2", PRESS), ("1.3", PRESS), ("2.1", PRESS)} <= set(lines)


def test_both_dates_of_an_extension_stand_there(given: Files) -> None:
    line = next(line for line in table(given, "phan-viec.csv") if line["Mã nhiệm vụ"] == "1.3")
    assert (line["Hạn ban đầu"], line["Hạn hiện nay"]) == ("31/03/2022", "20/04/2022")


def test_what_was_said_and_decided_stands_there(given: Files) -> None:
    said = [line["Nội dung"] for line in table(given, "bao-cao-cua-don-vi.csv")]
    decided = [line["Quyết định"] for line in table(given, "quyet-dinh-cua-van-phong.csv")]
    assert (said, decided) == (["hoàn thành", "xin lùi hạn", "vướng mắc", "hoàn thành"], ["cho lùi hạn"])


def test_evidence_lies_with_its_unit_and_duty(given: Files) -> None:
    assert given[f"minh-chung/{PLANS}/1.1 (A1)/1 - bao-cao.pdf"] == PDF


def test_plans_are_given_as_they_came(given: Files, talk: Conversation) -> None:
    sources = [
        row for row in everything(talk.engine)["plan"] if given["tep-goc/plan/1 - ke-hoach.txt"] in row
    ]
    assert len(sources) == 1


def test_every_row_is_there_for_programs(given: Files, talk: Conversation) -> None:
    lines = {name: len(given[f"du-lieu/{name}.jsonl"].splitlines()) for name in everything(talk.engine)}
    assert lines == {name: len(rows) for name, rows in everything(talk.engine).items()}


def test_what_opens_something_is_not_given(given: Files, talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        kept = session.get_one(Invitation, 1).code_hash
    assert kept.encode() not in b"".join(given.values())
    assert "code_hash" not in json.loads(given["du-lieu/invitation.jsonl"].splitlines()[0])


def test_nothing_of_a_row_is_dropped_but_what_opens_something(given: Files, talk: Conversation) -> None:
    dropped = {
        f"{name}.{column.name}"
        for name, kept in SQLModel.metadata.tables.items()
        for line in given[f"du-lieu/{name}.jsonl"].splitlines()[:1]
        for column in kept.columns
        if column.name not in json.loads(line)
    }
    # these have files of their own
    files = {"plan.source", "plan_file.source", "report_form.source", "inbox.file"}
    assert dropped - files == {"invitation.code_hash"}


def test_every_table_is_shown_to_people_or_said_to_be_for_programs() -> None:
    named = {
        each.name
        for sheet in ALL
        if isinstance(sheet, Sheet)
        for each in find_tables(sheet.rows, include_joins=True, include_selects=True, include_aliases=True)
        if isinstance(each, Table)
    }
    assert named | FOR_PROGRAMS | {"trail"} == set(SQLModel.metadata.tables)
    assert not named & FOR_PROGRAMS


def entries(given: Files) -> dict[str, dict[str, str]]:
    """The newest line of each thing done."""
    return {line["Việc"]: line for line in table(given, "nhat-ky.csv")}


def test_an_entry_of_the_trail_says_when_who_for_whom_where_and_on_what(given: Files) -> None:
    line = entries(given)["xin lùi hạn"]
    assert [line[heading] for heading in ("Lúc", "Người làm", "Vai trò", "Đơn vị", "Kênh", "Về")] == [
        *("01/03/2022 09:00:00", PRESS, "Đơn vị", PRESS, "web", f"#A4 1.3; {PRESS}"),
    ]
    assert line["Chi tiết"] == "xin đến 20/04/2022; “chờ số liệu”"


def test_what_it_was_and_what_it_became_stand_side_by_side(talk: Conversation) -> None:
    talk.say(OFFICE, "nhắc tháng trước 3, 1 ngày")
    line = entries(exported(talk))["sửa cách nhắc"]
    assert (line["Trước đó"], line["Sau đó"]) == (
        "Trước hạn, kỳ một tháng: 5, 2, 0",
        "Trước hạn, kỳ một tháng: 3, 1",
    )


def test_words_of_an_entry_are_given_in_full(talk: Conversation) -> None:
    reason = "chưa có số liệu của các huyện, " * 8
    talk.say(PRESS, f"#A4 vướng: {reason}")
    line = entries(exported(talk))["báo vướng mắc"]
    assert reason.strip(" ,") in line["Chi tiết"]
    assert reason.strip(" ,") in json.loads(line["Mọi điều đã ghi"])["text"]


def test_each_entry_stands_behind_the_one_before_it(given: Files) -> None:
    lines = table(given, "nhat-ky.csv")
    assert [int(line["Số mục"]) for line in lines] == list(range(1, len(lines) + 1))
    assert [line["Mã băm mục trước"] for line in lines[1:]] == [line["Mã băm"] for line in lines[:-1]]
    assert all(len(line["Mã băm"]) == 64 for line in lines)


def test_what_was_put_in_past_the_program_stands_there_too(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        session.add(Trail(agency_id=1, chain=1, action="done", at=talk.now, sender="kẻ lạ"))
    line = table(exported(talk), "nhat-ky.csv")[-1]
    assert (line["Số mục"], line["Người làm"], line["Mã băm"]) == ("", "kẻ lạ", "")


def test_a_chat_is_shown_with_the_units_that_it_serves(given: Files) -> None:
    assert PRESS in {line["Đơn vị"] for line in table(given, "kenh.csv")}


def test_what_was_written_either_way_stands_there(given: Files) -> None:
    assert "việc 1 xin lùi đến 20/4 vì chờ số liệu" in {line["Lời"] for line in table(given, "tin-den.csv")}
    assert all(line["Lời"] for line in table(given, "tin-di.csv") if line["Loại"] == "trả lời")


def test_a_formula_that_somebody_wrote_is_none(talk: Conversation) -> None:
    talk.say(PRESS, "#A4 vướng: =HYPERLINK(“http://x”)")
    said = [line["Lời báo cáo"] for line in table(exported(talk), "bao-cao-cua-don-vi.csv")]
    assert [words[:11] for words in said if "HYPERLINK" in words] == ["'=HYPERLINK"]


def test_a_lost_file_is_named(talk: Conversation, tmp_path: Path) -> None:
    given = exported(talk, FilesFolder(tmp_path / "elsewhere"))
    assert "Không còn tệp: minh-chung/" in given["MUC-LUC.txt"].decode()
