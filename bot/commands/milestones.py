"""“Mốc 2.3 ngày 30/6: …”: days within a long duty on which its units are asked how it goes."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlmodel import col

from bot.commands.meanings import duty_meant, named_in
from bot.turn import Turn
from data.milestones import drop_milestone, set_milestone
from data.obligations import Item, items, settle_all
from data.offices import office_of
from data.reckoning import history_of, rungs_of
from data.tables import Duty, Obligation, Occurrence, Plan, PlanState
from duties.errors import DutyError, NotFound
from duties.intents import DropMilestone, SetMilestone, ShowMilestones
from duties.message import Message
from duties.wording import policy as wording
from duties.wording.policy import Marked


def mark(turn: Turn, said: SetMilestone) -> list[Message]:
    duty = duty_meant(turn, said.targets[0])
    if said.day < turn.today:
        raise DutyError(wording.milestone_past(said.day))
    had = turn.office.milestones_of(duty).get(said.day)
    by = (
        f"bỏ mốc {named_in(turn, duty)} ngày {said.day:%d/%m/%Y}"
        if had is None
        else _words(turn, duty, said.day, had)
    )
    turn.can_undo(_about(duty, said.day), "mốc theo dõi", [by], plan_id=duty.plan_id)
    set_milestone(turn.session, duty, said.day, said.about, turn.heard)
    asked = _asked(_reckoned_anew(turn, duty), turn, f"milestone:{said.day.isoformat()}")
    if not asked and turn.session.get_one(Plan, duty.plan_id).state is PlanState.CONFIRMED:
        raise DutyError(wording.milestone_unheard(duty.code, said.day))
    turn.note("set_milestone", duty=duty.id, day=said.day.isoformat(), about=said.about)
    on = turn.office.calendar.on_or_after(said.day)
    return [wording.milestone_set(duty.code, said.day, said.about, on, asked)]


def unmark(turn: Turn, said: DropMilestone) -> list[Message]:
    duty = duty_meant(turn, said.targets[0])
    about = turn.office.milestones_of(duty).get(said.day, "")
    if not drop_milestone(turn.session, duty, said.day, turn.now):
        raise NotFound(wording.no_such_milestone(duty.code, said.day))
    by = _words(turn, duty, said.day, about)
    turn.can_undo(_about(duty, said.day), "việc bỏ mốc", [by], plan_id=duty.plan_id)
    _reckoned_anew(turn, duty)
    turn.note("drop_milestone", duty=duty.id, day=said.day.isoformat())
    return [wording.milestone_dropped(duty.code, said.day)]


def _about(duty: Duty, day: date) -> str:
    return f"milestone:{duty.id}:{day.isoformat()}"


def _words(turn: Turn, duty: Duty, day: date, about: str) -> str:
    return f"mốc {named_in(turn, duty)} ngày {day:%d/%m/%Y}{f': {about}' if about else ''}"


def show_milestones(turn: Turn, said: ShowMilestones) -> list[Message]:
    meant = [duty_meant(turn, target) for target in said.targets]
    duties = meant or [turn.session.get_one(Duty, duty_id) for duty_id in turn.office.milestones]
    return [wording.milestones([marked for duty in duties for marked in _marked(turn, duty)])]


def _marked(turn: Turn, duty: Duty) -> Iterable[Marked]:
    days = turn.office.milestones_of(duty)
    return (Marked(duty.code, duty.content, day, about) for day, about in days.items())


def _reckoned_anew(turn: Turn, duty: Duty) -> list[Item]:
    """The duty's open obligations, each with its next rung as it is now."""
    turn.office = office_of(turn.session, turn.agency, turn.today)
    mine = (col(Occurrence.duty_id) == duty.id, col(Obligation.is_open).is_(True))
    still_open = items(turn.session, *mine)
    settle_all(turn.session, still_open, turn.office)
    return still_open


def _asked(found: Sequence[Item], turn: Turn, key: str) -> list[str]:
    """The units that will be asked on that day."""
    history = history_of(turn.session, [item.basis for item in found])
    asked = (
        item for item in found if key in {rung.key for rung in rungs_of(item.basis, history, turn.office)}
    )
    return list(dict.fromkeys(item.unit.name for item in asked))
