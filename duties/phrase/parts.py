"""Parts: what a phrase says of time, and what stands between."""

from dataclasses import dataclass
from datetime import time

from duties.deadline import Offset, Reading
from duties.moments import PLAN_YEAR, Named, Point, Range, Unit, YearRef


@dataclass(frozen=True, slots=True)
class When:
    """One or more moments under one “trước” or “chậm nhất”; `bare` where no such word stands before it."""

    points: tuple[Point, ...]
    before: bool = False
    governed: bool = False
    at: time | None = None
    window: bool = False
    bare: bool = False

    @property
    def is_named(self) -> bool:
        """Whether it names periods (“Quý II”) and not days."""
        return isinstance(self.points[0], Named)

    @property
    def names_years(self) -> bool:
        """Whether it is “2026-2030” or “năm 2025”: the years in which a rhythm may run."""
        point = self.points[0]
        ends = (point.start, point.end) if isinstance(point, Range) else (point,)
        whole = all(isinstance(end, Named) and end.is_year and end.year.written for end in ends)
        return whole and len(self.points) == 1 and not self.before


@dataclass(frozen=True, slots=True)
class Rhythm:
    """“hằng tháng, quý, năm”; `every` where “hằng” stands before it, and not only “báo cáo năm”; `times` each."""

    units: tuple[Unit, ...]
    year: YearRef = PLAN_YEAR
    every: bool = False
    times: int = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """A reading without a date; `law` where it is only “theo quy định”."""

    reading: Reading
    event: str = ""
    offset: Offset | None = None
    law: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """“từ ngày 22/3/2025” and no end."""

    point: Point


@dataclass(frozen=True, slots=True)
class Hour:
    at: time | None


@dataclass(frozen=True, slots=True)
class Later:
    """“và các năm tiếp theo”."""


@dataclass(frozen=True, slots=True)
class Vague:
    """“định kỳ” without a rhythm, “đầu năm học”: understood to be too little."""

    words: str


@dataclass(frozen=True, slots=True)
class Odd:
    """A word that could change a date and was not understood."""

    words: str


@dataclass(frozen=True, slots=True)
class About:
    """“đối với báo cáo …”: what follows names the period of a date, and is no date itself."""


@dataclass(frozen=True, slots=True)
class Cutoff:
    """“chốt số liệu”: the date that follows closes the data and is not the one due."""


@dataclass(frozen=True, slots=True)
class Sep:
    sign: str


@dataclass(frozen=True, slots=True)
class Cited:
    """The date of a document that the phrase names: no deadline."""


@dataclass(frozen=True, slots=True)
class Word:
    """Anything that cannot change a date; `purpose` for the “để” before what somebody else will do, `focus` for “cao điểm”."""

    purpose: bool = False
    focus: bool = False


Part = When | Rhythm | Mark | Start | Hour | Later | Vague | Odd | About | Cutoff | Sep | Cited | Word
