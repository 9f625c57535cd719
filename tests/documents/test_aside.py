"""What takes long to read is read by a process of its own, and found read by whoever asks next."""

import pickle
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from documents import aside
from documents.aside import Reader, is_slow, laid_out, read_aside
from documents.progress import PAGES_READ
from documents.reading import read_bytes, read_head
from duties.errors import UnreadablePlan

SAMPLE = Path(__file__).parents[1] / "samples" / "ha-tinh-stnmt-2024.pdf"
PLAN = SAMPLE.read_bytes()
BROKEN = b"%PDF-1.7 " + b"x" * aside.SLOW_PDF_FROM


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.close()


def test_it_reads_what_anybody_would_read(reader: Reader) -> None:
    assert reader.read(PLAN, "a.pdf", whole=False) == read_head(PLAN, "a.pdf")


def test_what_was_read_aside_is_found_read_once() -> None:
    read_aside(PLAN, "b.pdf", whole=True)
    assert laid_out(PLAN, "b.pdf", whole=True) == read_bytes(PLAN, "b.pdf")
    assert laid_out(PLAN, "b.pdf", whole=True) is None


def test_what_cannot_be_read_is_refused_when_it_is_asked_for() -> None:
    read_aside(BROKEN, "c.pdf", whole=True)
    with pytest.raises(UnreadablePlan, match=r"c\.pdf"):
        read_bytes(BROKEN, "c.pdf")


def test_a_file_that_kills_its_reader_is_refused_and_the_next_one_is_read(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "MOST_SECONDS", 0.0)
    assert isinstance(reader.read(PLAN, "d.pdf", whole=False), UnreadablePlan)
    monkeypatch.undo()
    assert reader.read(PLAN, "e.pdf", whole=False) == read_head(PLAN, "e.pdf")


def test_a_file_is_not_to_blame_for_a_reader_that_is_closed_meanwhile(reader: Reader) -> None:
    closing = Thread(target=reader.close)
    before = PAGES_READ.set(lambda done, _of: closing.start() if done == 1 else None)
    found = reader.read(PLAN, "f.pdf", whole=True)
    PAGES_READ.reset(before)
    closing.join()
    assert found is None


def test_nothing_but_papers_comes_back_from_it() -> None:
    with pytest.raises(pickle.UnpicklingError):
        aside.unpacked(pickle.dumps(print))


@pytest.mark.parametrize(("content", "slow"), [(b"%PDF-1.7", False), (BROKEN, True), (b"x" * 300_000, True)])
def test_only_what_takes_long_goes_there(content: bytes, slow: bool) -> None:
    assert is_slow(content) is slow


def test_whoever_waits_is_told_which_page_is_read() -> None:
    heard: list[tuple[int, int]] = []
    before = PAGES_READ.set(lambda done, of: heard.append((done, of)))
    read_aside(
        SAMPLE.read_bytes(),
        "ke-hoach.pdf",
        whole=True,
    )
    PAGES_READ.reset(before)
    assert heard == [(page, 5) for page in range(1, 6)]
