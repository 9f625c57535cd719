"""The doubts of a plan as it was read: numbered for good, each open until the office settles it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from data.plans import duties_of
from data.tables import Plan
from duties.plan import DoubtKind
from duties.verbs import is_one_target


@dataclass(frozen=True)
class OpenDoubt:
    """A doubt that waits; `number` is what the office calls it by, and stays when others are settled."""

    number: int
    kind: DoubtKind
    about: str
    text: str


def open_doubts(session: Session, plan: Plan) -> list[OpenDoubt]:
    """What waits of a plan; a duty that was left out raises no doubt."""
    every = duties_of(session, plan.id or 0, left_out=True)
    # codes repeat: what is asked of the row that stays is asked
    gone = {duty.code for duty in every if duty.left_out} - {duty.code for duty in every if not duty.left_out}
    return [
        OpenDoubt(number, kind_of_doubt(row), row["about"], row["text"])
        for number, row in enumerate(plan.notes.get("doubts", ()), start=1)
        if not row.get("settled") and row["about"] not in gone
    ]


def kind_of_doubt(row: Mapping[str, Any]) -> DoubtKind:
    """What the office would have to call by a number that the plan does not print, it can only be told."""
    kind = DoubtKind(row.get("kind", DoubtKind.NOTE))
    by_code = kind in (DoubtKind.DEADLINE, DoubtKind.LEAD)
    return DoubtKind.NOTE if by_code and not is_one_target(first_code(row["about"])) else kind


def first_code(about: str) -> str:
    """Of “1.1, 1.2 … 1.8” the first."""
    return about.split(",")[0].split(" …")[0]


def settle_doubts(session: Session, plan: Plan, numbers: Collection[int], *, is_settled: bool = True) -> None:
    rows = [
        {**row, "settled": is_settled} if number in numbers else row
        for number, row in enumerate(plan.notes.get("doubts", ()), start=1)
    ]
    # another value, not the same one changed: so the database is told
    plan.notes = {**plan.notes, "doubts": rows}
    session.add(plan)
    session.flush()


def settle_about(session: Session, plan: Plan, about: str, *kinds: DoubtKind) -> None:
    """The office set what these doubts asked about."""
    waiting = open_doubts(session, plan)
    settle_doubts(
        session, plan, [each.number for each in waiting if each.about == about and each.kind in kinds]
    )


def settled_doubts(plan: Plan) -> set[int]:
    """The numbers of what the office has settled."""
    rows = enumerate(plan.notes.get("doubts", ()), start=1)
    return {number for number, row in rows if row.get("settled")}


def ask_again_about(session: Session, plan: Plan, about: str, *kinds: DoubtKind) -> None:
    """What was set is as it was read again, and so is what was asked."""
    rows = enumerate(plan.notes.get("doubts", ()), start=1)
    again = [number for number, row in rows if row["about"] == about and kind_of_doubt(row) in kinds]
    settle_doubts(session, plan, again, is_settled=False)
