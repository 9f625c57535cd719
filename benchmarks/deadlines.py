"""How fast deadline phrases are read, and how many rightly, beside `dateparser` on the same corpus in the same run."""

import gc
import statistics
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from time import perf_counter

import dateparser
from dateparser.search import search_dates
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
    "hằng tuần 2000-2029, ",
    "thứ Hai hằng tuần, thứ Ba hằng tuần, ",
    "ngày 1 hằng tháng, ngày 2 hằng tháng, ",
    "1.",
    "và ",
    "a ",
    "ắ",
)


@dataclass(frozen=True)
class Measured:
    """Seconds for each phrase, and the share of the corpus that was read as it says."""

    name: str
    times: tuple[float, ...]
    right: float

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def per_second(self) -> float:
        return len(self.times) / sum(self.times)


def main() -> None:
    """Print the table, how many times as fast we are, and the slowest text found."""
    warnings.simplefilter("ignore")
    ours = measure("nhacviec", read_deadline, _is_right)
    peers = [measure(name, read, _one_date_is_right(read)) for name, read in PEERS.items()]
    console = Console()
    console.print(_table([ours, *peers]))
    for peer in peers:
        times = f"{peer.median / ours.median:.1f} lần ở trung vị, {ours.per_second / peer.per_second:.1f} lần tính cả tệp"
        console.print(f"So với {peer.name}: nhanh gấp {times}.")
    worst, text = max((_best_of(read_deadline, text, Years.of(2026)), text) for text in hard_texts())
    console.print(
        f"Lâu nhất trên {len(HARD)} văn bản {LONGEST} ký tự: {worst * 1000:.1f} ms (“{text[:18]}…”)."
    )


def measure(name: str, read: Reader, is_right: Callable[[Case, str], bool]) -> Measured:
    """Each phrase of the corpus: its best time of a few, and whether it was read as its case says."""
    pairs = [(case, phrase) for case in cases() for phrase in case.phrases]
    right = sum(is_right(case, phrase) for case, phrase in pairs)
    return Measured(
        name, tuple(_best_of(read, phrase, case.years) for case, phrase in pairs), right / len(pairs)
    )


def hard_texts() -> Iterable[str]:
    """Texts of the greatest length that invite a grammar to try everything."""
    return ((part * LONGEST)[:LONGEST] for part in HARD)


def _best_of(read: Reader, phrase: str, years: Years | None) -> float:
    """The best of a few: the machine's other work is not ours."""
    gc.disable()
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        read(phrase, years)
        times.append(perf_counter() - start)
    gc.enable()
    return min(times)


def _parse(phrase: str, years: Years | None) -> set[date]:
    """`dateparser.parse`: the phrase as a whole is one date, or nothing."""
    found = dateparser.parse(phrase, languages=["vi"], settings=_settings(years))
    return {found.date()} if found else set()


def _search(phrase: str, years: Years | None) -> set[date]:
    """`dateparser.search.search_dates`: the dates within the phrase, as a plan needs them."""
    found = search_dates(phrase, languages=["vi"], settings=_settings(years))
    return {moment.date() for _, moment in found or ()}


def _settings(years: Years | None) -> dict[str, object]:
    """What helps the others most: the plan's year, day before month, a month's last day."""
    base = datetime(years.first if years else 2000, 1, 1, tzinfo=UTC)
    return {"RELATIVE_BASE": base, "DATE_ORDER": "DMY", "PREFER_DAY_OF_MONTH": "last"}


def _is_right(case: Case, phrase: str) -> bool:
    return case.found(read_deadline(phrase, case.years)) == case.wanted


def _one_date_is_right(read: Callable[[str, Years | None], set[date]]) -> Callable[[Case, str], bool]:
    """Kindly meant: the stated dates or the last days, and none where there are none."""

    def is_right(case: Case, phrase: str) -> bool:
        last, stated = set(case.plain.get("last_day", ())), set(case.wanted.get("stated", ()))
        return "count" not in case.plain and read(phrase, case.years) in (last, stated)

    return is_right


def _table(rows: list[Measured]) -> Table:
    table = Table(title=f"{len(rows[0].times)} cụm từ thời hạn", title_justify="left")
    for heading in ("", "cụm từ/giây", "trung vị", "lâu nhất", "đọc đúng"):
        table.add_column(heading, justify="right" if heading else "left")
    for row in rows:
        median, slowest = f"{row.median * 1e6:,.0f} µs", f"{max(row.times) * 1e3:,.1f} ms"
        table.add_row(row.name, f"{row.per_second:,.0f}", median, slowest, f"{row.right:.1%}")
    return table


PEERS: dict[str, Callable[[str, Years | None], set[date]]] = {
    "dateparser.parse": _parse,
    "dateparser.search_dates": _search,
}


if __name__ == "__main__":
    main()
