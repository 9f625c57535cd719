"""“Sao chép kế hoạch 485 sang năm 2027”: a new draft with the years moved, checked and confirmed like any other."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.commands.editions import plan_called
from bot.commands.load_plan import read_back
from bot.commands.withdraw_plan import plan_in_force
from bot.turn import Turn
from data.lineage import lineage_of
from data.plans import (
    SourceFile,
    duties_of,
    plan_with_source,
    put_draft,
    set_deadline,
    throw_away,
    units_of_duty,
    years_of,
)
from data.tables import Duty, DutyUnit, Plan, Unit
from duties.deadline import Years
from duties.errors import DutyError
from duties.intents import CopyPlan
from duties.message import Message
from duties.next_year import Move, doubts_of, head_doubt, lead_doubt, move_to, moved_note
from duties.plan import Doubt, DraftDuty, DraftPlan, PlanHead, Role, Source
from duties.plan import Part as Share
from duties.unit_changes import Lineage
from duties.wording import plans as wording

COPIED = "copied_from"


def copy(turn: Turn, said: CopyPlan) -> list[Message]:
    origin = (
        plan_called(turn, None, said.number) if turn.plan_id is None else plan_in_force(turn, said.number)
    )
    plan, is_new = copied(turn, origin, said.year)
    return read_back(turn, plan, is_new=is_new)


def copied(turn: Turn, plan: Plan, year: int) -> tuple[Plan, bool]:
    """The copy for that year, and whether it is new: asked for again it is the same draft."""
    if year == plan.first_year:
        raise DutyError(wording.same_year(year))
    source = SourceFile(
        f"sao chép {plan.number or plan.source_name} sang năm {year}", b"%d>%d" % (plan.id or 0, year)
    )
    before = plan_with_source(turn.session, turn.agency_id, source.hash)
    if before is not None:
        return before, False
    move = move_to(years_of(plan), year)
    duties = duties_of(turn.session, plan.id or 0)
    draft = _draft(turn, plan, duties, move)
    new = put_draft(
        turn.session, turn.agency_id, draft, move.to, source, turn.now, turn.chat if turn.chat.id else None
    )
    new.notes = {**new.notes, COPIED: plan.id}
    _keep_meanings(turn, duties, duties_of(turn.session, new.id or 0), move)
    turn.note("copy_plan", plan=new.id, of=plan.id, year=year)
    return new, True


def copied_anew(turn: Turn, draft: Plan, years: Years) -> Plan:
    """The office says another year: the copy is made again for that one."""
    origin = turn.session.get_one(Plan, draft.notes[COPIED])
    throw_away(turn.session, draft)
    return copied(turn, origin, years.first)[0]


def _draft(turn: Turn, plan: Plan, duties: Sequence[Duty], move: Move) -> DraftPlan:
    lineage = lineage_of(turn.session, turn.agency_id, turn.today)
    made = [_duty(turn, duty, move, lineage) for duty in duties]
    doubts = [
        replace(doubt, rows=(place,))
        for place, (duty, new) in enumerate(zip(duties, made, strict=True), start=1)
        for doubt in _doubts(duty, new, move)
    ]
    doubts += moved_note([duty.phrase for duty in duties], move)
    head = PlanHead(None, move.title(plan.title), turn.agency.name, move.to)
    printed = {Source(duty.position): tuple(duty.printed) for duty in duties}
    return DraftPlan(head, tuple(made), (*doubts, head_doubt()), printed=printed)


def _doubts(duty: Duty, new: DraftDuty, move: Move) -> list[Doubt]:
    asked = doubts_of(duty.code, duty.phrase, new.deadline, move.to)
    return asked if new.leads else [*asked, lead_doubt(duty.code)]


def _duty(turn: Turn, duty: Duty, move: Move, lineage: Lineage) -> DraftDuty:
    named = [(each, _name_today(turn, each, lineage)) for each in units_of_duty(turn.session, duty.id or 0)]
    return DraftDuty(
        duty.code,
        move.text(duty.content),
        Source(duty.position),
        move.read(duty.phrase),
        group=move.text(duty.heading),
        forms=tuple(duty.forms),
        deliverables=tuple(map(move.text, duty.deliverables)),
        leads=_each_once(name for each, name in named if each.role is Role.LEAD),
        partners=_each_once(name for each, name in named if each.role is Role.PARTNER),
        parts=tuple(Share(name, each.role, tuple(each.bullets)) for each, name in named if each.bullets),
        kind=duty.kind,
        to=duty.receiver,
        notes=duty.notes,
    )


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _name_today(turn: Turn, named: DutyUnit, lineage: Lineage) -> str:
    """A unit's own name of today, or that of who came after it; other names as they were printed."""
    meant = lineage.heir(named.unit_id, named.duty_id) if named.unit_id is not None else None
    return turn.session.get_one(Unit, meant).name if meant is not None else named.printed


def _keep_meanings(turn: Turn, old: Sequence[Duty], new: Sequence[Duty], move: Move) -> None:
    """What the office once said a phrase means is meant in the copy, too."""
    for was, now in zip(old, new, strict=True):
        meant = str(was.deadline.get("phrase", was.phrase))
        now.needs_evidence = was.needs_evidence
        turn.session.add(now)
        if meant != was.phrase:
            set_deadline(turn.session, now, move.read(meant))
