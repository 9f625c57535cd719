"""Duties that nobody can be told of yet, named until the office gives them a date and a unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from duties.message import Line, Look
from duties.wording.entries import shortened
from duties.wording.phrases import capitalised

MOST_NAMED = 20


@dataclass(frozen=True)
class Lacking:
    """A duty in force without a date, without a unit, or without either; `phrase` is what the plan prints."""

    code: str
    content: str
    has_date: bool
    has_unit: bool
    phrase: str = ""

    @property
    def name(self) -> str:
        return self.code or f"“{shortened(self.content, 40)}”"


def lacking_line(lacking: Sequence[Lacking]) -> str:
    """“Chưa có hạn: 2.5, 3.3; chưa có đơn vị: 3.2, 3.6.”; nothing when nothing lacks."""
    dateless = _names([duty for duty in lacking if not duty.has_date])
    unitless = _names([duty for duty in lacking if not duty.has_unit])
    parts = [
        f"chưa có hạn: {dateless}" if dateless else "",
        f"chưa có đơn vị: {unitless}" if unitless else "",
    ]
    text = "; ".join(part for part in parts if part)
    return f"{capitalised(text)}." if text else ""


def left_out(lacking: str) -> str:
    """“Nhiệm vụ chưa đưa vào số liệu (chưa có hạn: 2.5; chưa có đơn vị: 3.2).”; nothing when nothing lacks."""
    inside = f"{lacking[:1].lower()}{lacking[1:]}".rstrip(".")
    return f"Nhiệm vụ chưa đưa vào số liệu ({inside})." if inside else ""


def _names(lacking: Sequence[Lacking]) -> str:
    named = ", ".join(duty.name for duty in lacking[:MOST_NAMED])
    more = len(lacking) - MOST_NAMED
    return f"{named} và {more} nhiệm vụ khác" if more > 0 else named


def lacking_list(lacking: Sequence[Lacking]) -> list[Line]:
    """Each of them on a line with what it lacks, and the words that mend it."""
    if not lacking:
        return []
    lines = [Line(f"Chưa nhắc được ai về {len(lacking)} nhiệm vụ:", Look.TITLE)]
    lines += [Line(f"- {_one(duty)}", Look.ITEM) for duty in lacking]
    return [*lines, Line(f"Bổ sung bằng lời: {_how(lacking)}.", Look.QUIET)]


def _one(duty: Lacking) -> str:
    printed = f" (kế hoạch ghi “{shortened(duty.phrase, 50)}”)" if duty.phrase.strip(" .…-–") else ""
    lacks = [f"chưa có hạn{printed}"] if not duty.has_date else []
    lacks += ["chưa có đơn vị"] if not duty.has_unit else []
    return f"{duty.code} {shortened(duty.content, 80)}: ".lstrip() + ", ".join(lacks)


def _how(lacking: Sequence[Lacking]) -> str:
    dateless = next((duty.code for duty in lacking if not duty.has_date), "")
    unitless = next((duty.code for duty in lacking if not duty.has_unit), "")
    examples = [f"“{dateless} hạn 30/6”"] if dateless else []
    examples += [f"“{unitless} giao Phòng …”"] if unitless else []
    return ", ".join(examples) or "“1.3 hạn 30/6”, “3.2 giao Phòng …”"
