"""Last year's plan for another year: the years in it moved, its dates read again, what has to be checked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from duties.deadline import Deadline, Reading, Years
from duties.grammar import read_deadline
from duties.plan import Doubt, DoubtKind

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
# “năm 2022” of the plan itself: not that of a cited paper (“tháng 7 năm 2021”), not one of a span (“2021 - 2030”)
_OF_THE_PLAN = re.compile(
    r"(?<!tháng \d )(?<!tháng \d\d )(?P<word>năm\s+)(?P<year>20\d\d)(?!\s*(?:-|–|/)\s*20|\d)", re.I
)
_A_DAY = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}(?!\d)|ngày\s*\d{1,2}|\d{1,2}\s+tháng\s+\d{1,2}", re.I)


@dataclass(frozen=True)
class Move:
    """From the years of a plan to those of its copy."""

    years: Years
    to: Years

    @property
    def by(self) -> int:
        return self.to.first - self.years.first

    def phrase(self, phrase: str) -> str:
        """A deadline's words: every year of the plan, or next to it, is that of the copy."""
        near = range(self.years.first - 1, self.years.last + 2)
        return _YEAR.sub(
            lambda found: str(int(found[0]) + self.by) if int(found[0]) in near else found[0], phrase
        )

    def text(self, text: str) -> str:
        """A title or a content: only “năm …” of the plan's own years; papers it cites keep their dates."""
        return _OF_THE_PLAN.sub(
            lambda found: (
                found["word"] + str(int(found["year"]) + self.by)
                if int(found["year"]) in self.years
                else found[0]
            ),
            text,
        )

    def title(self, text: str) -> str:
        """A title names its period, too: “giai đoạn 2021 - 2025”."""
        return _YEAR.sub(
            lambda found: str(int(found[0]) + self.by) if int(found[0]) in self.years else found[0], text
        )

    def read(self, phrase: str) -> Deadline:
        return read_deadline(self.phrase(phrase), self.to)


def move_to(years: Years, first: int) -> Move:
    """A plan of several years is copied with as many."""
    return Move(years, Years(first, first + years.last - years.first))


def doubts_of(code: str, printed: str, deadline: Deadline, years: Years) -> list[Doubt]:
    """What the office is asked of a copied duty: a day that was that year's, an event, words that are no date now."""
    now = f"“{deadline.phrase}”"
    was = f", kế hoạch cũ ghi “{printed}”" if printed != deadline.phrase else ""
    if deadline.reading is Reading.UNREAD:
        why = f": {deadline.why}" if deadline.why else ""
        text = f"Thời hạn {now}{was} chưa hiểu được{why}" if deadline.phrase.strip() else "Chưa ghi thời hạn"
        return [Doubt(code, text, kind=DoubtKind.DEADLINE)]
    if Reading.AFTER_EVENT in (deadline.reading, *deadline.also):
        text = f"Thời hạn {now} tính từ một sự kiện; năm {years} còn như vậy không?"
        return [Doubt(code, text, kind=DoubtKind.TIMES)]
    if deadline.due and _A_DAY.search(deadline.phrase):
        days = ", ".join(f"{due.last_day:%d/%m/%Y}" for due in deadline.due[:4])
        text = f"Thời hạn {now}{was}, nay tính là {days}; còn đúng cho năm {years} không?"
        return [Doubt(code, text, kind=DoubtKind.TIMES)]
    return []


def lead_doubt(code: str) -> Doubt:
    return Doubt(code, "Chưa ghi đơn vị chủ trì", kind=DoubtKind.LEAD)


def moved_note(printed: Sequence[str], move: Move) -> list[Doubt]:
    """One line for all deadlines that only name their year."""
    moved = [phrase for phrase in printed if move.phrase(phrase) != phrase and not _A_DAY.search(phrase)]
    if not moved:
        return []
    first = f"“{moved[0]}” thành “{move.phrase(moved[0])}”"
    return [Doubt("plan", f"Đã chuyển năm ở {len(moved)} thời hạn, ví dụ {first}", kind=DoubtKind.NOTE)]


def head_doubt() -> Doubt:
    """A copy has no number, day and signer of its own yet."""
    return Doubt("plan", "Chưa ghi số và ngày ban hành; xin bổ sung khi có.", kind=DoubtKind.HEAD)
