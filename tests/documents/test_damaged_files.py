"""Files damaged by chance or by malice: read, or refused in one line, and never anything else.

A short run by default; `make fuzz` damages thousands. NHACVIEC_FUZZ is how many of each kind, NHACVIEC_FUZZ_SEED which.
What once broke a reader is kept in `samples/damaged`.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from data.file_kinds import kind_of
from documents.reading import read_bytes, read_head
from documents.word_form import check_names, open_form
from duties.errors import DutyError
from duties.intake import read_plan
from tests.fakes.mutations import mutated

SAMPLES = Path(__file__).parent.parent / "samples"
KEPT = sorted((SAMPLES / "damaged").iterdir())
KINDS = (".docx", ".xlsx", ".pdf", ".html", ".txt", ".md")
LONG = "NHACVIEC_FUZZ" in os.environ
ROUNDS = int(os.environ.get("NHACVIEC_FUZZ", "12"))
SEED = int(os.environ.get("NHACVIEC_FUZZ_SEED", "20220314"))
MOST_MEMORY = 400 * 2**20


def of_kind(suffix: str) -> list[Path]:
    samples = [
        path for path in (*SAMPLES.iterdir(), *(SAMPLES / "printed").iterdir()) if path.suffix == suffix
    ]
    # reading a printed plan takes seconds: in the short run the shortest stands for all
    return sorted(samples) if LONG or suffix != ".pdf" else [SAMPLES / "printed" / "bang-12-thang.pdf"]


def damaged(suffix: str, number: int) -> tuple[str, bytes]:
    chance = Random(f"{SEED} {suffix} {number}")
    one, other = chance.choice(of_kind(suffix)), chance.choice(of_kind(suffix))
    return one.name, mutated(one.read_bytes(), other.read_bytes(), chance)


Read = Callable[[bytes, str], object]


def as_plan(content: bytes, name: str) -> None:
    read_plan(read_bytes(content, name))


def as_form(content: bytes, _name: str) -> None:
    check_names(open_form(content))


def as_evidence(content: bytes, name: str) -> None:
    kind_of(name, content)


READERS: tuple[Read, ...] = (as_plan, read_head, as_form, as_evidence)


def told(read: Read, content: bytes, name: str) -> str:
    try:
        read(content, name)
    except DutyError as refused:
        return str(refused)
    return ""


def files_open() -> int:
    return len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0


def most_memory() -> int:
    """What this process ever held, in bytes."""
    status = Path("/proc/self/status")
    held = re.search(r"VmHWM:\s*(\d+) kB", status.read_text()) if status.exists() else None
    return int(held[1]) * 1024 if held else 0


@pytest.mark.parametrize("suffix", KINDS)
def test_a_damaged_file_is_read_or_refused_in_one_line(suffix: str) -> None:
    before = files_open(), most_memory()
    for number in range(ROUNDS):
        name, content = damaged(suffix, number)
        for read in READERS:
            said = told(read, content, name)
            assert "\n" not in said, (name, number)
    assert files_open() == before[0]
    assert most_memory() - before[1] < MOST_MEMORY


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_what_once_broke_a_reader_is_refused(path: Path) -> None:
    assert told(as_plan, path.read_bytes(), path.name).endswith(("lưu lại rồi gửi lại.", "có chữ."))
