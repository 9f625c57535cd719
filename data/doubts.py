"""The doubts of a plan as it was read: numbered for good, each about rows of its own, open until the office settles it."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from data.merged_rows import goes_on_in
from data.plans import duties_of, plain_doubt, where_of
from data.tables import Duty, Plan
from duties.plan import Doubt, DoubtKind
from duties.verbs import is_one_target


@dataclass(frozen=True)
class KeptDoubt:
    """A doubt; `number` is what the office calls it by, and stays when others are settled.

    `rows`: the places in the plan of the duties that it is about; `is_gone`: all of them were left out.
    """

    number: int
    kind: DoubtKind
    about: str
    text: str
    rows: tuple[int, ...] = ()
    is_settled: bool = False
    is_gone: bool = False

    @property
    def is_open(self) -> bool:
        return not (self.is_settled or self.is_gone)


def doubts_of(plan: Plan, duties: Sequence[Duty]) -> Iterator[KeptDoubt]:
    """Every doubt of a plan; `duties` are all of its duties, also those left out."""
    finder, out = _Rows(plan, duties), {duty.position for duty in duties if duty.left_out}
    for number, row in _noted(plan):
        rows, answered = finder.of(row), finder.now(row.get("answered", ()))
        yield KeptDoubt(
            number,
            kind_of_doubt(row),
            row["about"],
            row["text"],
            rows,
            # one that asks about several rows waits for each of them
            is_settled=bool(row.get("settled")) or (bool(answered) and out.union(answered).issuperset(rows)),
            is_gone=bool(row.get("withdrawn")) or (bool(rows) and out.issuperset(rows)),
        )


def open_doubts(session: Session, plan: Plan) -> list[KeptDoubt]:
    """What waits of a plan; a duty that was left out raises no doubt."""
    every = duties_of(session, plan.id or 0, left_out=True)
    return [doubt for doubt in doubts_of(plan, every) if doubt.is_open]


class _Rows:
    """Finds the rows that a doubt is about: those noted when the plan was read, where they now stand."""

    def __init__(self, plan: Plan, duties: Sequence[Duty]) -> None:
        self._into = goes_on_in(plan)
        self._duties = duties
        self._count = Counter(duty.code for duty in duties)

    def of(self, row: Mapping[str, Any]) -> tuple[int, ...]:
        return self.now(row.get("rows") or self._by_code(row))

    def now(self, rows: Iterable[int]) -> tuple[int, ...]:
        """Where these rows go on, if they were put together with others."""
        return tuple(dict.fromkeys(self._into.get(each, each) for each in rows))

    def _by_code(self, row: Mapping[str, Any]) -> list[int]:
        """Of a plan read before its rows were noted: by code; where a code repeats, the row where the doubt arose."""
        codes, where = [first_code(each.strip()) for each in row["about"].split(",")], row.get("where", "")
        return [
            duty.position
            for duty in self._duties
            if duty.code
            and duty.code in codes
            and (
                self._count[duty.code] == 1
                or len(codes) > 1
                or not where
                or where.endswith(where_of(duty.place))
            )
        ]


def _noted(plan: Plan) -> Iterator[tuple[int, dict[str, Any]]]:
    return enumerate(plan.notes.get("doubts", ()), start=1)


def kind_of_doubt(row: Mapping[str, Any]) -> DoubtKind:
    """What names neither a row nor a number that the plan prints can only be told."""
    kind = DoubtKind(row.get("kind", DoubtKind.NOTE))
    by_code = kind in (DoubtKind.DEADLINE, DoubtKind.LEAD) and not row.get("rows")
    return DoubtKind.NOTE if by_code and not is_one_target(first_code(row["about"])) else kind


def first_code(about: str) -> str:
    """Of “1.1, 1.2 … 1.8” the first."""
    return about.split(",")[0].split(" …")[0]


def settle_doubts(session: Session, plan: Plan, numbers: Collection[int], *, is_settled: bool = True) -> None:
    """These are answered, or asked again from the beginning."""
    _change(session, plan, {number: {"settled": is_settled, "answered": []} for number in numbers})


def withdraw_doubts(session: Session, plan: Plan, numbers: Collection[int]) -> None:
    """Nobody asks these any more; the numbers of the others stay."""
    _change(session, plan, {number: {"withdrawn": True} for number in numbers})


def add_doubt(session: Session, plan: Plan, doubt: Doubt) -> int:
    """Ask one thing more; its number."""
    rows = [*plan.notes.get("doubts", ()), plain_doubt(doubt, doubt.rows)]
    _put(session, plan, rows)
    return len(rows)


def settle_head(session: Session, plan: Plan, *kinds: DoubtKind) -> None:
    """The office set what these doubts asked about the plan itself."""
    waiting = open_doubts(session, plan)
    settle_doubts(
        session, plan, [each.number for each in waiting if each.about == "plan" and each.kind in kinds]
    )


def settle_rows(
    session: Session, plan: Plan, duties: Sequence[Duty], *kinds: DoubtKind, also: Collection[int] = ()
) -> None:
    """The office set what these doubts asked about these duties; of others, also of the same code, they still ask.

    `also`: places of which nothing needs to be said any more.
    """
    noted, places = dict(_noted(plan)), {duty.position for duty in duties}
    asked = [
        (each.number, places.intersection(each.rows))
        for each in open_doubts(session, plan)
        if each.kind in kinds and not places.isdisjoint(each.rows)
    ]
    answered = {number: sorted({*said, *also, *noted[number].get("answered", ())}) for number, said in asked}
    _change(session, plan, {number: {"answered": rows} for number, rows in answered.items()})


def answered_in(plan: Plan, places: Iterable[int]) -> dict[int, list[int]]:
    """By place the numbers of the doubts that were answered for it."""
    return {place: [n for n, row in _noted(plan) if place in row.get("answered", ())] for place in places}


def ask_again_rows(
    session: Session, plan: Plan, before: Mapping[int, Collection[int]], kinds: Collection[DoubtKind]
) -> None:
    """At these places only those doubts of these kinds are answered that were before, each by its number."""
    answered = {
        number: [place for place in row.get("answered", ()) if number in before.get(place, (number,))]
        for number, row in _noted(plan)
        if kind_of_doubt(row) in kinds
    }
    _change(session, plan, {number: {"answered": places} for number, places in answered.items()})


def settled_doubts(session: Session, plan: Plan) -> set[int]:
    """The numbers of what the office has settled."""
    every = duties_of(session, plan.id or 0, left_out=True)
    return {doubt.number for doubt in doubts_of(plan, every) if doubt.is_settled}


def said_of_rows(session: Session, plan: Plan, places: Collection[int]) -> dict[str, Any]:
    """How the doubts about these rows stand, by their numbers, so that it can be put back."""
    every, noted = duties_of(session, plan.id or 0, left_out=True), dict(_noted(plan))
    return {
        str(doubt.number): {name: noted[doubt.number].get(name) for name in ("settled", "answered")}
        for doubt in doubts_of(plan, every)
        if not set(places).isdisjoint(doubt.rows)
    }


def put_back_said(session: Session, plan: Plan, said: Mapping[str, Any]) -> None:
    """These doubts stand as they stood."""
    back = {
        number: {"settled": bool(row["settled"]), "answered": row["answered"] or []}
        for number, row in said.items()
    }
    _change(session, plan, {int(number): row for number, row in back.items()})


def ask_again_about(session: Session, plan: Plan, duty: Duty, *kinds: DoubtKind) -> None:
    """What was set is as it was read again, and so is what was asked."""
    every = duties_of(session, plan.id or 0, left_out=True)
    again = [
        doubt.number
        for doubt in doubts_of(plan, every)
        if duty.position in doubt.rows and doubt.kind in kinds
    ]
    settle_doubts(session, plan, again, is_settled=False)


def _change(session: Session, plan: Plan, changed: Mapping[int, Mapping[str, Any]]) -> None:
    if changed:
        _put(session, plan, [{**row, **changed.get(number, {})} for number, row in _noted(plan)])


def _put(session: Session, plan: Plan, rows: list[dict[str, Any]]) -> None:
    # another value, not the same one changed: so the database is told
    plan.notes = {**plan.notes, "doubts": rows}
    session.add(plan)
    session.flush()
