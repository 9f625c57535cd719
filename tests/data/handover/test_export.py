"""Everything of an office, for reading elsewhere, on either database."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.engine import transaction
from data.files import FilesFolder
from data.handover.export import export
from data.tables import Invitation
from tests.fakes.conversation import PLANS, PRESS, Conversation
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


def test_a_formula_that_somebody_wrote_is_none(talk: Conversation) -> None:
    talk.say(PRESS, "3 vướng: =HYPERLINK(“http://x”)")
    said = [line["Lời báo cáo"] for line in table(exported(talk), "bao-cao-cua-don-vi.csv")]
    assert not [words for words in said if words.startswith("=")]


def test_a_lost_file_is_named(talk: Conversation, tmp_path: Path) -> None:
    given = exported(talk, FilesFolder(tmp_path / "elsewhere"))
    assert "Không còn tệp: minh-chung/" in given["MUC-LUC.txt"].decode()
