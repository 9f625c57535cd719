"""Rows of a draft that the office put together into one duty, each as it was, so that they can be parted again."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from data.plans import deadline_of, rematch, set_deadline, units_of_duty
from data.tables import Duty, DutyUnit, Plan
from duties.deadline import Deadline
from duties.one_row import Named, RowSaid, deadline_together, units_together, words_together
from duties.plan import Role

NOTES = "one_row"
WORDS = ("content", "forms", "deliverables", "notes", "receiver", "printed", "phrase", "needs_evidence")


def goes_on_in(plan: Plan) -> Mapping[int, int]:
    """Each place whose row was put to another → the place of that one."""
    into = {row: each["into"] for each in _noted(plan) for row in each["rows"]}

    def end(place: int) -> int:
        while place in into:
            place = into[place]
        return place

    return {place: end(place) for place in into}


def rows_in(plan: Plan, place: int) -> list[int]:
    """The places of the rows that were put to this one last; none where none were."""
    newest = _newest(plan, place)
    return list(newest["rows"]) if newest else []


def places_moved(plan: Plan, moved: Mapping[int, int]) -> None:
    """The duties of a plan stand elsewhere: at each place before → now. What lies at no place any more is forgotten."""
    rows = [
        {**each, "into": moved[each["into"]], "rows": [moved[row] for row in each["rows"]]}
        for each in _noted(plan)
        if moved.keys() >= {each["into"], *each["rows"]}
    ]
    plan.notes = {**plan.notes, NOTES: rows} if NOTES in plan.notes else plan.notes


def row_said(session: Session, duty: Duty, called: str) -> RowSaid:
    """A duty as one of the rows to be put together."""
    units = tuple(
        Named(each.printed, each.role, tuple(each.bullets)) for each in units_of_duty(session, duty.id or 0)
    )
    deadline = deadline_of(duty)
    return RowSaid(called, duty.content, duty.phrase, deadline, units, tuple(duty.forms))


def put_together(
    session: Session, plan: Plan, kept: Duty, others: Sequence[Duty], doubts: Mapping[str, Any]
) -> None:
    """The first says what all of them say; the others stay as they are, left out. `doubts` come back with them."""
    every = [kept, *others]
    said = [row_said(session, duty, "") for duty in every]
    before = _as_it_is(session, kept)
    counts = every[said.index(deadline_together(said))]
    kept.content = words_together([duty.content for duty in every])
    kept.notes = words_together([duty.notes for duty in every], " ")
    kept.receiver = words_together([duty.receiver for duty in every], "; ")
    for name in ("forms", "deliverables", "printed"):
        setattr(kept, name, [text for duty in every for text in getattr(duty, name)])
    kept.needs_evidence = any(duty.needs_evidence for duty in every)
    kept.phrase = counts.phrase
    set_deadline(session, kept, deadline_of(counts))
    _name(session, kept, units_together(said))
    for duty in others:
        duty.left_out = True
        session.add(duty)
    noted = {"into": kept.position, "rows": [duty.position for duty in others], "before": before}
    after = _as_it_is(session, kept)
    _note(session, plan, [*_noted(plan), {**noted, "after": after, "doubts": dict(doubts)}])


def corrected(session: Session, plan: Plan, kept: Duty) -> Mapping[str, Any]:
    """What was said otherwise of the one duty since its rows were put together, by name, as it is now."""
    newest, now = _newest(plan, kept.position) or {}, _as_it_is(session, kept)
    return {name: now[name] for name, was in newest.get("after", {}).items() if now[name] != was}


def part(session: Session, plan: Plan, kept: Duty, others: Sequence[Duty]) -> Mapping[str, Any]:
    """The rows that were put together last are as they were before; the doubts that come back with them."""
    newest = _newest(plan, kept.position) or {"before": {}, "doubts": {}}
    before = newest["before"]
    for name in WORDS:
        setattr(kept, name, before[name])
    set_deadline(session, kept, Deadline.from_plain(before["deadline"]))
    put_names(session, kept, before["units"])
    kept.left_out = False
    for duty in others:
        duty.left_out = False
        session.add(duty)
    _note(session, plan, [each for each in _noted(plan) if each is not newest])
    doubts: Mapping[str, Any] = newest["doubts"]
    return doubts


def _as_it_is(session: Session, duty: Duty) -> dict[str, Any]:
    return {
        **{name: getattr(duty, name) for name in WORDS},
        "deadline": duty.deadline,
        "units": named_in_row(session, duty),
    }


def named_in_row(session: Session, duty: Duty) -> list[list[Any]]:
    """Who is named, by what role, for which bullets, as it can be kept."""
    return [[each.printed, each.role.value, each.bullets] for each in units_of_duty(session, duty.id or 0)]


def put_names(session: Session, duty: Duty, kept: Sequence[Sequence[Any]]) -> None:
    """These names, as they were kept, are the duty's; to be matched with the units of today."""
    _name(session, duty, [Named(name, Role(role), tuple(bullets)) for name, role, bullets in kept])


def _name(session: Session, duty: Duty, units: Sequence[Named]) -> None:
    """These names are the duty's, to be matched with the units of today."""
    assert duty.id is not None
    for each in units_of_duty(session, duty.id):
        session.delete(each)
    session.flush()
    session.add_all(
        DutyUnit(
            agency_id=duty.agency_id,
            duty_id=duty.id,
            printed=each.printed,
            role=each.role,
            bullets=list(each.bullets),
        )
        for each in units
    )
    session.flush()


def _noted(plan: Plan) -> Sequence[dict[str, Any]]:
    found: Sequence[dict[str, Any]] = plan.notes.get(NOTES, ())
    return found


def _newest(plan: Plan, place: int) -> dict[str, Any] | None:
    return next((each for each in reversed(_noted(plan)) if each["into"] == place), None)


def _note(session: Session, plan: Plan, rows: Sequence[Mapping[str, Any]]) -> None:
    plan.notes = {**plan.notes, NOTES: list(rows)}
    session.add(plan)
    session.flush()
    rematch(session, plan)
