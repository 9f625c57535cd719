"""Composer: the parts of a phrase put together: which rhythm governs which date, which words only name a period."""

from dataclasses import replace
from itertools import pairwise

from duties.claims import Claim
from duties.deadline import Reading
from duties.moments import PLAN_YEAR, Day, Named, Point, Unclear, Unit, YearRef
from duties.phrase.parts import (
    About,
    Cited,
    Cutoff,
    Hour,
    Later,
    Mark,
    Odd,
    Part,
    Rhythm,
    Sep,
    Start,
    Vague,
    When,
    Word,
)


class Composer:
    """Puts the parts of a phrase together: which rhythm governs which date, which words only name a period."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self.marks: list[Mark] = []
        self.vague = ""
        self.started: Point | None = None
        self.cited = False
        self._pending: list[Rhythm] = []
        self._before: Part | None = None
        self._signs = ""
        self._words = 0
        self._about = False
        self._cutoff = False
        self._purpose = False
        self._focus = False
        self._absorbed = False
        self._follower: Claim | None = None
        self._hour: Hour | None = None

    def take(self, part: Part) -> None:
        """Take the next part of the phrase."""
        match part:
            case Sep():
                self._sign(part.sign)
            case Word():
                self._words += 1
                self._focus = self._focus or part.focus
                self._purpose = self._purpose or (part.purpose and bool(self.claims))
            case Cited():
                self.cited = True
            case Odd():
                raise Unclear(f"chưa hiểu “{part.words}”")
            case About():
                self._about = True
            case Cutoff():
                self._cutoff = True
            case _:
                self._meet(part)

    def finish(self) -> None:
        """What is still waiting stands for itself."""
        self._flush()
        dated = [claim for claim in self.claims if not claim.cutoff]
        kept = dated or self.claims
        self.claims = kept if len(kept) == 1 else list({claim.key: claim for claim in kept}.values())

    def _sign(self, sign: str) -> None:
        """A bracket that closes takes what it holds with it."""
        opened = self._signs.rfind("(")
        if sign == ")":
            self._signs = self._signs[:opened] if opened >= 0 else self._signs
        else:
            self._signs += sign
        self._purpose = self._purpose and sign not in (";", ".")

    def _meet(self, part: Part) -> None:
        self._refuse_choice(part)
        match part:
            case Rhythm():
                self._rhythm(part)
            case When():
                self._when(part)
            case Mark():
                self._mark(part)
            case Hour():
                self._an_hour(part)
            case Start():
                self.started = part.point
            case Later():
                self._later()
            case Vague():
                self.vague = (
                    self.vague or "“định kỳ” mà không ghi nhịp nào (hằng tháng, hằng quý, 6 tháng, năm?)"
                )
        self._before = self._before if self._absorbed else part
        self._signs, self._words, self._about, self._absorbed = "", 0, False, False

    def _refuse_choice(self, part: Part) -> None:
        """“hoặc” between two dates or rhythms: which of them?"""
        timed = (When, Rhythm, Vague)
        if not (isinstance(part, timed) and isinstance(self._before, timed)):
            return
        if "hoặc" in self._signs or "hay" in self._signs:
            raise Unclear("hai thời hạn nối bằng “hoặc”: theo thời hạn nào?")
        if isinstance(self._before, Vague) and "và" in self._signs and not self._words:
            raise Unclear("“định kỳ” mà không ghi nhịp nào")

    def _rhythm(self, part: Rhythm) -> None:
        if self._beside(Mark) and self._after_always():
            if self._words:
                raise Unclear("“thường xuyên” hay theo nhịp?")
            self._absorbed = True
            return
        if self._names_what_came() or self._names_in_brackets(part):
            self.claims[-1].rhythms = self.claims[-1].rhythms or [part]
        elif self._beside(When) and not self._words:
            self._govern_backwards(part)
        elif self._repeats(part):
            self._absorbed = True
        elif self._runs_in_years():
            self.claims[-1].rhythms = [part]
        elif self._follows_in_brackets(part):
            self._govern_backwards(part)
        else:
            self._follower = self.claims[-1] if self._may_follow(part) else None
            self._pending.append(part)

    def _when(self, part: When) -> None:
        if self._hour and part.at is None:
            part = replace(part, at=self._hour.at, before=False)
            self._hour = None
        if self._beside(Mark) and self._after_always():
            if part.governed:
                raise Unclear("“thường xuyên” mà lại có hạn: theo thời hạn nào?")
            self._absorbed = True
            return
        if self._is_label(part) and isinstance(part.points[0], Named):
            self.claims[-1].label = part.points[0]
            return
        if self._focus and self._after_always():
            raise Unclear("“thường xuyên”, có lúc cao điểm: có hạn hay không?")
        if self._purpose and part.governed:
            raise Unclear("có hai hạn: hạn nào là của đơn vị?")
        self._claim(self._inheriting(part))
        self._cutoff = False

    def _claim(self, part: When) -> None:
        if self._pending and self._binds(part):
            self._follower = None
            if len({rhythm.year for rhythm in self._pending}) > 1:
                raise Unclear("ngày ấy của năm nào?")
            self.claims.append(Claim([part], self._pending, cutoff=self._cutoff))
            self._pending = []
        elif self._joins(part):
            self.claims[-1].whens.append(part)
        elif self._labels(part):
            self._label(part)
        else:
            joined = isinstance(self._before, When) and not self._words and set(self._signs) <= set(",và")
            self._flush()
            self.claims.append(Claim([part], cutoff=self._cutoff, joined=joined))

    def _binds(self, part: When) -> bool:
        """A rhythm waits for its date; a bare period (“6 tháng, quý III”) is one more date, not its own."""
        if not part.is_named or part.governed or not self._signs or set(self._signs) & {"(", ":"}:
            return True
        return (
            all(rhythm.every and rhythm.units == (Unit.YEAR,) for rhythm in self._pending) or part.names_years
        )

    def _joins(self, part: When) -> bool:
        """“… trước ngày 15/6 và trước ngày 01/12” after one rhythm."""
        if self._pending or not self.claims or not isinstance(self._before, When):
            return False
        last = self.claims[-1]
        return (
            bool(last.rhythms) and all(point.year == PLAN_YEAR for point in part.points) and not part.is_named
        )

    def _labels(self, part: When) -> bool:
        """“Báo cáo quý I trước ngày 15/3”: the quarter names the report, the date is due."""
        if not isinstance(self._before, When) or any(sign in self._signs for sign in (";", "và", ".")):
            return False
        last = self.claims[-1].whens[0]
        if not last.is_named or last.governed or self.claims[-1].rhythms or self.claims[-1].label:
            return False
        if self._words and self._signs.startswith(",") and "(" in self._signs:
            return False
        if self._signs == "," and part.is_named and _holds(last, part):
            raise Unclear("kỳ này nằm trong kỳ kia: theo hạn nào?")
        if part.is_named and "(" in self._signs and not _holds(last, part):
            raise Unclear("trong ngoặc là kỳ khác: theo hạn nào?")
        return (part.governed and not part.is_named) or "(" in self._signs or ":" in self._signs

    def _label(self, part: When) -> None:
        """One period for all dates, or one for each."""
        names = [point for point in self.claims.pop().whens[0].points if isinstance(point, Named)]
        part = _of_quarters(part, names)
        if len(names) == 1:
            self.claims.append(Claim([part], label=names[0], near="," in self._signs))
        elif len(names) == len(part.points):
            pairs = zip(names, part.points, strict=True)
            self.claims += [Claim([replace(part, points=(point,))], label=name) for name, point in pairs]
        else:
            raise Unclear("ngày nào là của kỳ nào?")

    def _inheriting(self, part: When) -> When:
        """“trước ngày 15/3 (quý I), 15/6 (quý II)”: the word before a list governs all of it."""
        last = self.claims[-1].whens[-1:] if self.claims else []
        if not (part.bare and last and last[0].before) or part.is_named or set(self._signs) & set(";.:"):
            return part
        return replace(part, before=part.at is None, governed=True)

    def _runs_in_years(self) -> bool:
        """“Giai đoạn 2026-2030, hằng năm”."""
        if not isinstance(self._before, When) or not self.claims or self.claims[-1].rhythms:
            return False
        return self.claims[-1].whens[-1].names_years and not self._words and self._signs in (",", "(", ":")

    def _repeats(self, part: Rhythm) -> bool:
        """“… và 10/12 (báo cáo năm) hằng năm”."""
        last = self.claims[-1].rhythms if self.claims and self.claims[-1].whens else []
        known = {unit for rhythm in last for unit in rhythm.units}
        return (
            isinstance(self._before, Rhythm) and not (self._signs or self._words) and set(part.units) <= known
        )

    def _follows_in_brackets(self, part: Rhythm) -> bool:
        """“trước ngày 15/12 (hằng năm)”."""
        return isinstance(self._before, When) and self._signs == "(" and part.every and not self._words

    def _may_follow(self, part: Rhythm) -> bool:
        """“Trước ngày 15/12, hằng năm”: its date came before it, unless one comes after."""
        if not isinstance(self._before, When) or self._signs != "," or self._words or not part.every:
            return False
        last = self.claims[-1].whens[-1:] if self.claims else []
        return bool(last) and not self.claims[-1].rhythms and _takes(last[0], part)

    def _flush(self) -> None:
        """Rhythms that met no date: of the date just before them, or due by themselves."""
        if self._follower is not None and len(self._pending) == 1:
            self._follower.rhythms, self._pending = self._pending, []
        self._follower = None
        by_year: dict[YearRef, list[Rhythm]] = {}
        for rhythm in self._pending:
            by_year.setdefault(rhythm.year, []).append(rhythm)
        self.claims += [Claim(rhythms=rhythms) for rhythms in by_year.values()]
        self._pending = []

    def _beside(self, kind: type[Mark] | type[When]) -> bool:
        """Whether the part before is of this kind with no sign between."""
        return isinstance(self._before, kind) and not self._signs

    def _after_always(self) -> bool:
        return isinstance(self._before, Mark) and self._before.reading is Reading.ONGOING

    def _names_what_came(self) -> bool:
        """“trước ngày 20 tháng đầu quý sau (đối với báo cáo quý)”."""
        return self._about and bool(self.claims) and not self._pending and self._signs in ("", "(")

    def _is_label(self, part: When) -> bool:
        """“trước ngày 15/7 đối với báo cáo 6 tháng đầu năm”, “trước ngày 15/3 (quý I)”."""
        if not part.is_named or part.governed or len(part.points) > 1:
            return False
        dated = isinstance(self._before, When) and bool(self.claims) and not self._pending
        return self._names_what_came() or (dated and self._signs == "(" and self._is_day_before())

    def _is_day_before(self) -> bool:
        last = self.claims[-1].whens[-1:]
        return bool(last) and not last[0].is_named and self.claims[-1].label is None

    def _names_in_brackets(self, part: Rhythm) -> bool:
        """“trước ngày 15/6 (báo cáo 6 tháng)”, but not “(báo cáo hằng quý)”."""
        dated = isinstance(self._before, When | Rhythm) and bool(self.claims) and not self._pending
        return dated and self._signs == "(" and not part.every and not self._words

    def _govern_backwards(self, part: Rhythm) -> None:
        """“trước ngày 25/6 và trước ngày 25/12 hằng năm”: the rhythm after a list governs all of it."""
        if Unit.YEAR not in part.units and self.claims[-1].whens[-1].is_named:
            raise Unclear(f"“{part.units[0].value}” của kỳ nào?")
        self.claims[-1].rhythms = [*self.claims[-1].rhythms, part]
        for claim, after in pairwise(reversed(self.claims)):
            if not claim.joined or after.rhythms:
                return
            after.rhythms = [part]

    def _mark(self, part: Mark) -> None:
        daily = (
            part.reading is Reading.ONGOING
            and isinstance(self._before, Hour)
            and self.claims
            and not self._signs
        )
        passing = part.law and isinstance(self._before, When | Rhythm) and not self._signs
        if not (daily or passing):
            self.marks.append(part)

    def _an_hour(self, part: Hour) -> None:
        if not self.claims:
            self._hour = part
            return
        last = self.claims[-1].whens
        last[-1:] = [replace(when, at=part.at, before=False) for when in last[-1:]]

    def _later(self) -> None:
        if not self.claims:
            raise Unclear("“các năm tiếp theo”: đến năm nào?")
        self.marks.append(Mark(Reading.ONGOING))


def _of_quarters(part: When, names: list[Named]) -> When:
    """“Quý I, II, III: trước ngày 15 tháng cuối quý”: of those quarters only."""
    day = part.points[0]
    if len(part.points) > 1 or not isinstance(day, Day) or day.frame is not Unit.QUARTER:
        return part
    if day.shift or day.month is None or any(name.last - name.first != 2 for name in names):
        raise Unclear("ngày ấy của những quý nào?")
    days = (replace(day, month=name.first + day.month - 1, year=name.year, frame=Unit.YEAR) for name in names)
    return replace(part, points=tuple(days))


def _holds(outer: When, inner: When) -> bool:
    """Whether the periods of one lie within the single period of another."""
    whole, parts = outer.points[0], [point for point in inner.points if isinstance(point, Named)]
    if (
        len(outer.points) > 1
        or not isinstance(whole, Named)
        or (whole.first, whole.last) == (parts[0].first, parts[0].last)
    ):
        return False
    same_year = all(part.year in (PLAN_YEAR, whole.year) for part in parts)
    return same_year and all(whole.first <= part.first and part.last <= whole.last for part in parts)


def _takes(last: When, part: Rhythm) -> bool:
    """Whether a rhythm after a comma belongs to these moments: “15/12, hằng năm”, “ngày 20, hằng tháng”."""
    point = last.points[-1]
    if isinstance(point, Named) and part.units == (Unit.YEAR,) and point.last - point.first < 5:
        raise Unclear("kỳ này hằng năm, hay cả kỳ này và hằng năm?")
    if not isinstance(point, Day):
        return False
    return Unit.MONTH in part.units if point.month is None else part.units == (Unit.YEAR,)
