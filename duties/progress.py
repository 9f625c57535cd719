"""How an obligation stands: what the unit answered and the office decided, folded in the order of time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from duties.workdays import HANOI, WorkCalendar, day_of, last_moment_day

UNDO_WITHIN = timedelta(hours=24)
UNSAID = "chưa nêu cụ thể"


class Said(StrEnum):
    """Statements set the state (done, in progress), requests wait for the office, additions change nothing."""

    DONE = "done"
    IN_PROGRESS = "in_progress"
    OBSTACLE = "obstacle"
    CLEARED = "cleared"
    EXTENSION = "extension"
    NOT_OURS = "not_ours"
    NOTE = "note"


class Ruling(StrEnum):
    """What the office decides."""

    ACCEPT = "accept"
    RETURN = "return"
    EXTEND = "extend"
    REFUSE = "refuse"
    NOT_APPLICABLE = "not_applicable"
    MOVE = "move"


class Value(StrEnum):
    """Progress as leaders read it."""

    ON_TIME = "on_time"
    LATE = "late"
    OPEN = "open"
    OVERDUE = "overdue"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def is_done(self) -> bool:
        return self in (Value.ON_TIME, Value.LATE)


LABELS = {
    Value.ON_TIME: "hoàn thành đúng hạn",
    Value.LATE: "hoàn thành quá hạn",
    Value.OPEN: "chưa hoàn thành, còn hạn",
    Value.OVERDUE: "chưa hoàn thành, quá hạn",
}


@dataclass(frozen=True)
class Answer:
    """What a unit said; `claimed_on` is the earlier day on which it says it was done. `on_behalf`: the office said it for it."""

    id: int
    kind: Said
    at: datetime
    text: str = ""
    wanted_due: date | None = None
    claimed_on: date | None = None
    undone_at: datetime | None = None
    on_behalf: bool = False


@dataclass(frozen=True)
class Decision:
    """What the office decided, about one answer or by itself."""

    id: int
    kind: Ruling
    at: datetime
    answer_id: int | None = None
    reason: str = ""
    due: date | None = None
    to_unit: int | None = None
    undone_at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """An obligation after its history; `obstacle` is the unit's words, `asked` the request that waits for the office.

    `noted`: something was added to it, which changes no state but answers the question about an ongoing one.
    `on_behalf`: it is done because the office said so for the unit.
    """

    due: date | None
    first_due: date | None
    done_at: datetime | None = None
    claimed_on: date | None = None
    accepted: bool = False
    returned: bool = False
    not_applicable: bool = False
    moved_to: int | None = None
    in_progress: bool = False
    noted: bool = False
    obstacle: str = ""
    asked: Answer | None = None
    extended: bool = False
    on_behalf: bool = False

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    @property
    def is_reported(self) -> bool:
        """The unit told something of it: enough for what has no date."""
        return self.is_done or self.in_progress or self.noted

    @property
    def counts(self) -> bool:
        """Whether the unit answers for it at all."""
        return not self.not_applicable and self.moved_to is None

    @property
    def is_open(self) -> bool:
        """Whether something is still awaited of the unit; while a request waits the unit is left in peace all the same."""
        return self.counts and not self.is_done

    @property
    def done_on(self) -> date | None:
        """The day of the done-statement, or the earlier day that the office accepted."""
        if self.done_at is None:
            return None
        said_on = day_of(self.done_at)
        return min(said_on, self.claimed_on) if self.claimed_on else said_on


def standing(
    first_due: date | None,
    answers: Iterable[Answer],
    decisions: Iterable[Decision],
    as_of: datetime | None = None,
) -> Standing:
    """Fold the history in the order of time, leaving out what was undone and, with `as_of`, all that came later."""
    said = {answer.id: answer for answer in answers if _is_in_force(answer, as_of)}
    ruled = [decision for decision in decisions if _is_in_force(decision, as_of)]
    history: list[Answer | Decision] = [*said.values(), *ruled]
    state = Standing(due=first_due, first_due=first_due)
    for event in sorted(history, key=_in_time):
        if isinstance(event, Answer):
            state = _after_answer(state, event)
        else:
            state = _after_decision(state, event, said.get(event.answer_id or 0))
    return state


def value_on(
    state: Standing,
    day: date,
    calendar: WorkCalendar,
    *,
    stated: date | None,
    lenient: bool,
    at: time | None = None,
) -> Value | None:
    """Its value on a day; None when there is nothing to be late with: not applicable, moved, or undated.

    `stated` and `at` are those of the first due date; a date the office gave later runs to the end of its day.
    """
    if state.due is None or not state.counts:
        return None
    is_first = state.due == state.first_due
    until = last_moment_day(state.due, stated if is_first else None, calendar, lenient)
    if state.done_at is None or day_of(state.done_at) > day:
        return Value.OPEN if day <= until else Value.OVERDUE
    hour = at if is_first and until == state.due else None
    return Value.ON_TIME if _is_within(state, until, hour) else Value.LATE


def may_undo(
    answer: Answer, decisions: Iterable[Decision], now: datetime, *, frozen_at: datetime | None = None
) -> bool:
    """24 hours long, and not once a decision rests on the answer or the window's data were frozen with it."""
    if answer.undone_at or now - answer.at > UNDO_WITHIN or (frozen_at and frozen_at >= answer.at):
        return False
    return not any(_rests_on(answer, decision) for decision in decisions)


def _is_in_force(event: Answer | Decision, as_of: datetime | None) -> bool:
    if as_of is None:
        return event.undone_at is None
    return event.at <= as_of and (event.undone_at is None or event.undone_at > as_of)


def _in_time(event: Answer | Decision) -> tuple[datetime, bool, int]:
    return event.at, isinstance(event, Decision), event.id


def _after_answer(state: Standing, answer: Answer) -> Standing:
    match answer.kind:
        case Said.DONE if not state.is_done:  # said again it stays done since the first time
            return _done(state, answer.at, on_behalf=answer.on_behalf)
        case Said.IN_PROGRESS if not state.accepted:  # what the office accepted, only the office reopens
            return replace(state, done_at=None, in_progress=True, on_behalf=False)
        case Said.OBSTACLE:
            return replace(state, obstacle=answer.text.strip() or UNSAID)
        case Said.CLEARED:
            return replace(state, obstacle="")
        case Said.EXTENSION if not state.is_done:
            return replace(state, asked=answer)
        case Said.NOT_OURS:
            return replace(state, asked=answer)
        case Said.NOTE:
            return replace(state, noted=True)
        case _:
            return state


def _after_decision(state: Standing, decision: Decision, answer: Answer | None) -> Standing:
    match decision.kind:
        case Ruling.ACCEPT:
            return _accepted(state, decision, answer)
        case Ruling.RETURN:
            reopened = replace(state, done_at=None, claimed_on=None, accepted=False, in_progress=False)
            return replace(
                reopened, returned=True, on_behalf=False, noted=False, due=decision.due or state.due
            )
        case Ruling.EXTEND:
            return _extended(_heard(state, decision), decision.due or (answer.wanted_due if answer else None))
        case Ruling.REFUSE:
            return _heard(state, decision)
        case Ruling.NOT_APPLICABLE:
            return replace(state, not_applicable=True, asked=None)
        case Ruling.MOVE:
            return replace(state, moved_to=decision.to_unit, asked=None)


def _done(state: Standing, at: datetime, *, on_behalf: bool) -> Standing:
    """Done settles what was said while it was not: a request to wait, an obstacle, that it is being done."""
    return replace(
        state, done_at=at, on_behalf=on_behalf, returned=False, in_progress=False, obstacle="", asked=None
    )


def _accepted(state: Standing, decision: Decision, answer: Answer | None) -> Standing:
    """Accepting confirms what was done; accepting no answer in particular, the office says itself that it is done."""
    if state.done_at is None and decision.answer_id is not None:
        return state
    done = state if state.is_done else _done(state, decision.at, on_behalf=True)
    claimed_on = answer.claimed_on if answer and answer.kind is Said.DONE else None
    return replace(done, claimed_on=claimed_on, accepted=True)


def _extended(state: Standing, due: date | None) -> Standing:
    """Only what is open can be extended, so that done late never becomes on time."""
    return state if state.is_done or due is None else replace(state, due=due, extended=True)


def _heard(state: Standing, decision: Decision) -> Standing:
    """The request that waited is answered, unless the decision was about another one."""
    about_another = (
        state.asked is not None and decision.answer_id is not None and decision.answer_id != state.asked.id
    )
    return state if about_another else replace(state, asked=None)


def _is_within(state: Standing, until: date, hour: time | None) -> bool:
    """Done by the end of that day, or by that hour of it unless the office accepted an earlier day."""
    done_on = state.done_on
    if state.done_at is None or done_on is None:
        return False
    if hour is None or done_on != until or done_on != day_of(state.done_at):
        return done_on <= until
    return state.done_at.astimezone(HANOI).time() <= hour


def _rests_on(answer: Answer, decision: Decision) -> bool:
    about_it = decision.answer_id == answer.id
    after_it = decision.answer_id is None and decision.at >= answer.at
    return decision.undone_at is None and (about_it or after_it)
