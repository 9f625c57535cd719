"""What entries of the trail are about, by the names that people know: the numbers in them say nothing to a reader."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from data.once import slices
from data.people import units_of
from data.tables import Chat, Duty, Obligation, Occurrence, Plan, Trail, Unit
from duties.rights import ChatRole
from duties.wording.web import NAMES

AT_ONCE = 500


@dataclass(frozen=True)
class Speaking:
    """A chat that somebody spoke in: by what right, for which units, where."""

    role: ChatRole
    units: Sequence[str]
    channel: str
    title: str

    @property
    def whose(self) -> str:
        """“Phòng Kế hoạch”, “Văn phòng (điều phối)”."""
        return ", ".join(self.units) if self.role is ChatRole.UNIT else NAMES[self.role]


@dataclass(frozen=True)
class Subjects:
    """By number: plans, duties, units, the work of a unit (what, whose), and the chats that spoke."""

    plans: Mapping[int, str]
    duties: Mapping[int, str]
    units: Mapping[int, str]
    work: Mapping[int, tuple[str, str]]
    chats: Mapping[int, Speaking]

    def about(self, detail: Mapping[str, Any]) -> Iterator[str]:
        """The work, duty, plan and units of an entry, by their names."""
        if code := detail.get("code"):
            duty, unit = self.work.get(detail.get("obligation", 0), ("", ""))
            yield f"#{code} {duty}".strip() if unit else code
            yield from filter(None, [unit])
        elif type(number := detail.get("duty")) is int and number in self.duties:
            yield self.duties[number]
        for name in ("plan", "of"):
            if type(plan := detail.get(name)) is int and plan in self.plans:
                yield self.plans[plan]
        told = [detail.get("unit"), *(detail.get("units") or ())]
        yield from (self.units[each] for each in told if type(each) is int and each in self.units)


def subjects_of(session: Session, entries: Sequence[Trail]) -> Subjects:
    """All that these entries name."""
    units = {*_numbers(entries, "unit"), *_numbers(entries, "units")}
    return Subjects(
        plans={
            plan.id or 0: plan.number or plan.title or plan.source_name
            for some in slices(sorted({*_numbers(entries, "plan"), *_numbers(entries, "of")}), AT_ONCE)
            for plan in session.exec(select(Plan).where(col(Plan.id).in_(some)))
        },
        duties={
            number: code
            for some in slices(sorted(_numbers(entries, "duty")), AT_ONCE)
            for number, code in session.exec(select(Duty.id, Duty.code).where(col(Duty.id).in_(some)))
            if number is not None
        },
        units={
            unit.id or 0: unit.name
            for some in slices(sorted(units), AT_ONCE)
            for unit in session.exec(select(Unit).where(col(Unit.id).in_(some)))
        },
        work=_work(session, _numbers(entries, "obligation")),
        chats={
            chat.id or 0: Speaking(
                chat.role, [unit.name for unit in units_of(session, chat.id or 0)], chat.channel, chat.title
            )
            for some in slices(sorted({each.chat_id for each in entries if each.chat_id}), AT_ONCE)
            for chat in session.exec(select(Chat).where(col(Chat.id).in_(some)))
        },
    )


def _work(session: Session, numbers: set[int]) -> dict[int, tuple[str, str]]:
    query = (
        select(Obligation.id, Duty.code, Unit.name)
        .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .join(Duty, col(Occurrence.duty_id) == Duty.id)
        .join(Unit, col(Obligation.unit_id) == Unit.id)
    )
    found: dict[int, tuple[str, str]] = {}
    for some in slices(sorted(numbers), AT_ONCE):
        for number, code, unit in session.exec(query.where(col(Obligation.id).in_(some))):
            found[number or 0] = (code, unit)
    return found


def _numbers(entries: Iterable[Trail], name: str) -> set[int]:
    """What stands under that name, one or several; true and false are no numbers."""
    found: set[int] = set()
    for entry in entries:
        said = entry.detail.get(name)
        found.update(each for each in (said if isinstance(said, list) else [said]) if type(each) is int)
    return found
