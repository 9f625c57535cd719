"""A plan of 140 tasks as .docx: read with units and dates, against peers that merely turn the same file into text."""

import importlib
import importlib.metadata
import resource
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter

PLAN = Path(__file__).parent.parent / "tests" / "samples" / "nq03-phu-luc-2.docx"
TASKS, TIMES = 140, 5
MOST_SECONDS, MOST_MEGABYTES = 2.0, 200.0


@dataclass(frozen=True)
class Measured:
    """The first reading with its imports, the median of the next ones, and the most memory that the process took."""

    name: str
    first: float
    again: float
    megabytes: float
    found: int


def _ours() -> Callable[[], int]:
    reading = importlib.import_module("documents.reading")
    intake = importlib.import_module("duties.intake")
    return lambda: len(intake.read_plan(reading.read_file(PLAN)).duties)


def _markitdown() -> Callable[[], int]:
    converter = importlib.import_module("markitdown").MarkItDown()
    return lambda: len(converter.convert(str(PLAN)).text_content)


def _docling() -> Callable[[], int]:
    converter = importlib.import_module("docling.document_converter").DocumentConverter()
    return lambda: len(converter.convert(str(PLAN)).document.export_to_markdown())


OURS, PEERS = ("nhacviec", _ours), (("markitdown", _markitdown), ("docling", _docling))


def main() -> None:
    print(f"\nReading {PLAN.name} ({TASKS} tasks), {TIMES} times each in a process of its own")
    ours = _alone(*OURS)
    assert ours is not None
    assert ours.found == TASKS, f"{ours.found} tasks read, {TASKS} wanted"
    peers = [measured for peer in PEERS if (measured := _alone(*peer))]
    for one in (ours, *peers):
        slower = f"  {one.again / ours.again:5.1f} × our time" if one is not ours else ""
        print(
            f"  {one.name:<12} first {one.first:6.2f} s  again {one.again:6.3f} s  {one.megabytes:6.0f} MB{slower}"
        )
    _judge(ours, peers)


def _judge(ours: Measured, peers: list[Measured]) -> None:
    fast = ours.first < MOST_SECONDS and ours.megabytes < MOST_MEGABYTES
    print(f"  under {MOST_SECONDS:.0f} s and {MOST_MEGABYTES:.0f} MB: {_said(fast)}")
    for peer in peers:
        print(f"  no slower than {peer.name}: {_said(ours.again <= peer.again and ours.first <= peer.first)}")


def _said(is_so: bool) -> str:
    return "yes" if is_so else "NO"


def _alone(name: str, make: Callable[[], Callable[[], int]]) -> Measured | None:
    """Measured in a fresh process, so that nobody pays for another's imports; None where it is not installed."""
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        print(f"  {name} is not installed and left out: pip install {name}")
        return None
    with get_context("spawn").Pool(1) as alone:
        return alone.apply(_measure, (name, make))


def _measure(name: str, make: Callable[[], Callable[[], int]]) -> Measured:
    started = perf_counter()
    read = make()
    found = read()
    first = perf_counter() - started
    again = median(_timed(read) for _ in range(TIMES))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(name, first, again, peak, found)


def _timed(read: Callable[[], int]) -> float:
    started = perf_counter()
    read()
    return perf_counter() - started


if __name__ == "__main__":
    main()
