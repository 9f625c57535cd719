"""How fast deadline phrases are read, and how many rightly, beside `dateparser` on the same corpus in the same run."""

import gc
import statistics
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from time import perf_counter

import dateparser
from rich.console import Console
from rich.table import Table

from duties.deadline import Years
from duties.grammar import LONGEST, read_deadline
from tests.corpus.deadline_cases import Case, cases

ROUNDS = 5
Reader = Callable[[str, Years | None], object]

HARD = (
    "1/",
    "1,",
    "1 ",
    "((",
    "từ ngày ",
    "từ tháng 1 đến ",
    "trước ngày 1/1, ",
    "ngày 1, ",
    "Quý I, ",
    "hằng tuần, ",
    "thứ Sáu hằng tuần, ",
    "6 tháng, năm, ",
    "kể từ ngày nhận ",
    "theo kế hoạch và ",
    "(âm lịch ",
    "thứ 2, ",
    "trong vòng 5 ngày hoặc ",
    "đối với báo cáo quý ",
    "ngày 15 tháng cuối quý sau và ",
    "trước trước ",
    "chậm nhất ",
    "ngày 5 các tháng 1, ",
    "12/QĐ-UBND ngày ",
    "khi có yêu cầu, ",
    "sau khi x, ",
    "năm ",
    "1.",
    "và ",
    "a ",
    "ắ",
)


@dataclass(frozen=True)
class Measured:
    """Seconds a phrase, and the share that was read as the corpus says."""

    times: tuple[float, ...]
    right: float

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def per_second(self) -> float:
        return len(self.times) / sum(self.times)


def main() -> None:
    """Print the table."""
    ours, theirs = measure(read_deadline, _ours_is_right), measure(_dateparser, _dateparser_is_right)
    table = Table(title=f"{len(ours.times)} cụm từ thời hạn", title_justify="left")
    for heading in ("", "cụm từ/giây", "trung vị", "lâu nhất", "đọc đúng"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, measured in (("nhacviec", ours), ("dateparser (vi)", theirs)):
        table.add_row(name, *_row(measured))
    console = Console()
    console.print(table)
    console.print(f"Trung vị nhanh gấp {theirs.median / ours.median:.0f} lần.")
    worst, text = max((_best_of(read_deadline, text, Years.of(2026)), text) for text in hard_texts())
    console.print(
        f"Lâu nhất trên {len(HARD)} văn bản {LONGEST} ký tự: {worst * 1000:.1f} ms (“{text[:18]}…”)."
    )


def measure(read: Reader, is_right: Callable[[Case, object], bool]) -> Measured:
    """Each phrase of the corpus: its best time of a few, and whether it was read as its case says."""
    pairs = [(case, phrase) for case in cases() for phrase in case.phrases]
    right = sum(is_right(case, read(phrase, case.years)) for case, phrase in pairs)
    return Measured(tuple(_best_of(read, phrase, case.years) for case, phrase in pairs), right / len(pairs))


def hard_texts() -> Iterable[str]:
    """Texts of the greatest length that invite a grammar to try everything."""
    return ((part * LONGEST)[:LONGEST] for part in HARD)


def _best_of(read: Reader, phrase: str, years: Years | None) -> float:
    gc.disable()
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        read(phrase, years)
        times.append(perf_counter() - start)
    gc.enable()
    return min(times)


def _dateparser(phrase: str, years: Years | None) -> datetime | None:
    """The other reader, told the plan's year and the Vietnamese order of day and month."""
    base = datetime(years.first if years else 2000, 1, 1)  # noqa: DTZ001
    settings = {"RELATIVE_BASE": base, "DATE_ORDER": "DMY", "PREFER_DAY_OF_MONTH": "last"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found: datetime | None = dateparser.parse(phrase, languages=["vi"], settings=settings)
    return found


def _ours_is_right(case: Case, read: object) -> bool:
    return case.found(read) == case.wanted  # type: ignore[arg-type]


def _dateparser_is_right(case: Case, read: object) -> bool:
    """Right is kindly meant: the stated or the last day where there is one date, nothing where there is none."""
    days: set[date] = {*case.plain.get("last_day", ()), *case.wanted.get("stated", ())}
    if read is None:
        return not days and "count" not in case.plain
    one = len(case.plain.get("last_day", ())) == 1
    return one and isinstance(read, datetime) and read.date() in days


def _row(measured: Measured) -> tuple[str, ...]:
    slowest = max(measured.times)
    return (
        f"{measured.per_second:,.0f}",
        f"{measured.median * 1e6:,.0f} µs",
        f"{slowest * 1e3:,.1f} ms",
        f"{measured.right:.1%}",
    )


if __name__ == "__main__":
    main()
