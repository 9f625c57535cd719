"""What an earlier release kept is whole after every later migration, on both databases."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.chain import chains_of, read_head, verify
from data.engine import is_at_head, transaction
from data.files import FilesFolder
from data.keeping.restore import restore
from tests.fakes.keeping import migrated
from tests.samples.releases.make import BACKUP, RELEASES, TOTALS, make, totals_of

NEWEST = RELEASES / version("nhacviec")
SAMPLES = sorted(path.parent for path in RELEASES.glob(f"*/{BACKUP}"))


@pytest.fixture(params=SAMPLES, ids=lambda folder: folder.name)
def release(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.param
    return folder


@pytest.fixture
def restored(engine: Engine, release: Path, tmp_path: Path) -> Iterator[Engine]:
    """That release's office under the program of today."""
    with migrated(engine):
        restore(engine, FilesFolder(tmp_path / "files"), release / BACKUP, replace=True)
        yield engine


def test_it_adds_up_to_the_same_under_the_program_of_today(restored: Engine, release: Path) -> None:
    assert asdict(totals_of(restored)) == json.loads((release / TOTALS).read_text("utf-8"))
    with transaction(restored) as session:
        assert is_at_head(session)


def test_its_trail_is_whole_up_to_the_head_that_was_kept(restored: Engine, release: Path) -> None:
    kept = [read_head(each) for each in json.loads((release / TOTALS).read_text("utf-8"))["heads"]]
    with transaction(restored) as session:
        assert [verify(session, chain, kept).broken for chain in chains_of(session)] == [None] * len(kept)


def test_its_evidence_is_whole(restored: Engine, tmp_path: Path) -> None:
    files = FilesFolder(tmp_path / "files")
    assert [files.is_whole(path.name) for path in files.path.glob("*/*")] == [True]


def test_the_sample_of_this_release_is_what_its_program_makes(tmp_path: Path) -> None:
    made, kept = asdict(make(tmp_path)), json.loads((NEWEST / TOTALS).read_text("utf-8"))
    assert (made["rows"], made["windows"]) == (kept["rows"], kept["windows"])
