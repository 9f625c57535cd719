"""A plan file, `/kehoach`, `xác nhận`: read it, show what was understood, put it in force."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from bot.aim import waiting_drafts
from bot.commands import editions
from bot.turn import Turn
from data.collectives import is_one_of
from data.doubts import open_doubts
from data.editions import recognise
from data.obligations import Item, settle
from data.people import add_unit, known_units, living_units, units_without_chat
from data.plan_files import add_files
from data.plans import (
    SourceFile,
    confirm,
    confirmed_plans,
    duties_of,
    names_of,
    plan_with_source,
    put_draft,
    rematch,
    throw_away,
    units_of_plan,
    unmatched_names,
    withdrawn_plans,
    years_of,
)
from data.questions import count_open, held_items, owed_of_plan, printed_names
from data.rows_left_out import rows_left_out
from data.tables import Agency, Duty, DutyUnit, Inbox, Plan, PlanState
from data.unwatched import has_date, unwatched_of
from documents.reading import read_bytes
from duties.deadline import Years
from duties.errors import DutyError, NotFound, NothingUnderstood, YearUnknown
from duties.intake import read_plan
from duties.intents import PastDates, SettlePast
from duties.message import Message
from duties.papers import join
from duties.plan import Role
from duties.progress import Ruling, Said
from duties.units import Unknown, collective_kinds, kind_of, near_units, spellings
from duties.wording import draft_pages, withdrawal
from duties.wording import plans as wording
from duties.wording.editions import plan_called
from duties.wording.plans import DutyRead, PlanInForce, PlanRead, Question, RowLeftOut
from duties.wording.unwatched import Lacking
from duties.workdays import day_of
from scheduler.materialise import materialise
from scheduler.unreached import tell_of_unreached

ALBUM = "album"
YEARS = re.compile(r"(?<!\d)(20\d\d)(?:\s*[-–]\s*(20\d\d))?(?!\d)")


def load(turn: Turn) -> list[Message]:
    """Read the file that came with the message; the same file twice is the same plan."""
    source = SourceFile(turn.inbox.file_name, turn.inbox.file or b"")
    plan, is_new = take_in(turn, source, years_in(turn.inbox))
    return read_back(turn, plan, is_new=is_new)


def take_in(
    turn: Turn, source: SourceFile, years: Years | None, annexes: Sequence[SourceFile] = ()
) -> tuple[Plan, bool]:
    """The plan of a file and its annexes, and whether it is new; `years` where the office names them."""
    before = plan_with_source(turn.session, turn.agency_id, source.hash)
    if before is not None:
        return before, False
    plan = _put(turn, [source, *annexes], years)
    add_files(turn.session, plan, annexes, turn.now)
    note_album(turn, plan)
    recognise(turn.session, plan)
    turn.note("load_plan", plan=plan.id, file=source.name)
    return plan, True


def note_album(turn: Turn, plan: Plan) -> None:
    """What comes in the same album later belongs to this draft."""
    if turn.inbox.album:
        plan.notes = {**plan.notes, ALBUM: turn.inbox.album}


def read_back(turn: Turn, plan: Plan, *, is_new: bool) -> list[Message]:
    if plan.state is PlanState.WITHDRAWN:
        return [
            withdrawal.was_withdrawn(plan_called(plan.number or "", plan.title), plan.number or str(plan.id))
        ]
    if plan.state is not PlanState.DRAFT:
        return [wording.already_in_force(describe(turn, plan))]
    return [*draft_pages.draft(describe(turn, plan), seen_before=not is_new), *editions.opening(turn, plan)]


def _put(turn: Turn, files: Sequence[SourceFile], asked: Years | None) -> Plan:
    document = join([read_bytes(file.content, file.name) for file in files])
    draft = read_plan(document, years=asked, known=known_units(turn.session, turn.agency_id))
    if not draft.duties:
        raise NothingUnderstood()
    years = asked or draft.head.years
    if years is None:
        raise YearUnknown()
    turn.agency.name = turn.agency.name or draft.head.agency
    return put_draft(turn.session, turn.agency_id, draft, years, files[0], turn.now, turn.chat)


def years_in(inbox: Inbox) -> Years | None:
    """The year or years that the caption names."""
    found = YEARS.search(inbox.text)
    return Years(int(found[1]), int(found[2] or found[1])) if found else None


def describe(turn: Turn, plan: Plan) -> PlanRead:
    """A plan as the office is shown it."""
    duties = duties_of(turn.session, plan.id or 0)
    names = names_of(duties_of(turn.session, plan.id or 0, left_out=True))
    units = units_of_plan(turn.session, plan.id or 0)
    listed = [_duty_read(turn, duty, names[duty.position], units.get(duty.id or 0, ())) for duty in duties]
    leads = Counter(name for duty in listed for name in duty.leads)
    return PlanRead(
        title=plan.title,
        number=plan.number or "",
        source_name=plan.source_name,
        years=str(years_of(plan)),
        duties=len(duties),
        readings=Counter(duty.reading for duty in duties),
        units=leads.most_common(),
        unmatched=[] if _has_no_units(turn) else unknown_names(turn.session, plan, turn.agency, turn.today),
        new_units=[names[0] for names in _to_be_made(turn, plan)] if _has_no_units(turn) else [],
        doubts=questions_of(turn, plan),
        left_out=[
            RowLeftOut(row.number, row.text, row.why, row.where)
            for row in rows_left_out(plan)
            if not row.taken
        ],
        past=len(held_items(turn.session, turn.agency_id, plan.id)),
        lacking=lacking_of(turn, plan),
        listed=listed,
    )


def _duty_read(turn: Turn, duty: Duty, name: str, named: Sequence[DutyUnit]) -> DutyRead:
    return DutyRead(
        name,
        duty.heading,
        duty.content,
        [each.printed for each in named if each.role is Role.LEAD],
        duty.says,
        duty.phrase,
        has_date=has_date(turn.session, duty),
    )


def questions_of(turn: Turn, plan: Plan) -> list[Question]:
    """What waits for the office's word."""
    waiting = open_doubts(turn.session, plan)
    names = names_of(duties_of(turn.session, plan.id or 0, left_out=True))
    return [
        Question(doubt.number, doubt.kind, doubt.about, doubt.text, [names[row] for row in doubt.rows])
        for doubt in waiting
    ]


def lacking_of(turn: Turn, plan: Plan) -> list[Lacking]:
    return [each.in_words for each in unwatched_of(turn.session, plan, turn.today)]


def _has_no_units(turn: Turn) -> bool:
    return not living_units(turn.session, turn.agency_id, turn.today)


def unknown_names(session: Session, plan: Plan, agency: Agency, today: date) -> list[Unknown]:
    """Leads of the house that no unit was found for; collective and outside names have their own doubts."""
    living = {unit.id for unit in living_units(session, plan.agency_id, today)}
    known = [unit for unit in known_units(session, plan.agency_id) if unit.id in living]
    groups = spellings(unmatched_names(session, plan.id or 0), agency.name)
    return [Unknown(names, tuple(near_units(names[0], known))) for names in groups]


def current_draft(turn: Turn) -> Plan:
    """The newest plan that waits for the office's word."""
    waiting = waiting_drafts(turn)
    if not waiting:
        raise NotFound(wording.no_draft())
    return waiting[0]


def show_plans(turn: Turn) -> list[Message]:
    in_force = [in_short(turn, plan) for plan in confirmed_plans(turn.session, turn.agency_id)]
    waiting = waiting_drafts(turn)
    shown = draft_pages.draft_again(describe(turn, waiting[0])) if waiting else []
    compared = editions.opening(turn, waiting[0]) if waiting else []
    withdrawn = [
        plan_called(plan.number or "", plan.title) for plan in withdrawn_plans(turn.session, turn.agency_id)
    ]
    return [wording.plans(in_force, withdrawn, has_draft=bool(waiting)), *shown, *compared]


def list_duties(turn: Turn) -> list[Message]:
    """Every duty of the draft that waits, else of the plans in force, in pages."""
    waiting = waiting_drafts(turn)[:1] or confirmed_plans(turn.session, turn.agency_id)
    if not waiting:
        raise NotFound(wording.no_draft())
    return [page for plan in waiting for page in draft_pages.duty_pages(describe(turn, plan))]


def in_short(turn: Turn, plan: Plan) -> PlanInForce:
    return PlanInForce(
        plan.title,
        plan.number or "",
        str(years_of(plan)),
        len(duties_of(turn.session, plan.id or 0)),
        count_open(turn.session, plan.id or 0),
        day_of(plan.confirmed_at) if plan.confirmed_at else None,
        lacking_of(turn, plan),
    )


def confirm_draft(turn: Turn) -> list[Message]:
    return [put_in_force(turn, current_draft(turn))]


def put_in_force(turn: Turn, plan: Plan) -> Message:
    """Put a draft in force, and tell each linked unit how much of it is its own."""
    if not duties_of(turn.session, plan.id or 0):
        raise DutyError(wording.nothing_left(describe(turn, plan)))
    merged = editions.put_in_force(turn, plan)
    if merged is not None:
        return merged
    new_units = _make_units(turn, plan) if _has_no_units(turn) else []
    rematch(turn.session, plan)
    confirm(turn.session, plan, turn.now)
    materialise(turn.session, turn.agency, turn.office, turn.today)
    turn.can_undo(f"plan:{plan.id}", "xác nhận kế hoạch")
    turn.note("confirm_plan", plan=plan.id)
    owed = owed_of_plan(turn.session, plan.id or 0)
    described = describe(turn, plan)
    _tell_units(turn, plan, described, owed)
    without_chat = [unit.name for unit in units_without_chat(turn.session, turn.agency_id, turn.today)]
    tell_of_unreached(turn.session, turn.agency_id, turn.office, turn.now, speaking=turn.chat)
    return wording.confirmed(described, len(owed), new_units, without_chat, _collectives(turn, plan))


def _collectives(turn: Turn, plan: Plan) -> list[tuple[str, list[str]]]:
    """The collective leads of the plan, each with the living units it means."""
    living = living_units(turn.session, turn.agency_id, turn.today)
    names = [name for name in unmatched_names(turn.session, plan.id or 0) if collective_kinds(name)]
    return [(name, [unit.name for unit in living if is_one_of(turn.agency, name, unit)]) for name in names]


def _make_units(turn: Turn, plan: Plan) -> list[str]:
    """Where the agency has no units yet, those the plan names are its units."""
    groups = _to_be_made(turn, plan)
    for name, *others in groups:
        add_unit(turn.session, turn.agency_id, name, kind_of(name, turn.agency.name), others)
    return [names[0] for names in groups]


def _to_be_made(turn: Turn, plan: Plan) -> list[tuple[str, ...]]:
    return spellings(printed_names(turn.session, plan.id or 0), turn.agency.name)


def _tell_units(turn: Turn, plan: Plan, described: PlanRead, owed: list[Item]) -> None:
    for unit_id in dict.fromkeys(each.unit.id for each in owed):
        own = [each for each in owed if each.unit.id == unit_id]
        dues = [
            each.obligation.due for each in own if each.obligation.due and each.obligation.due >= turn.today
        ]
        notice = wording.told_unit(own[0].unit.name, described, len(own), min(dues, default=None))
        turn.tell_unit(own[0].unit, f"plan:{plan.id}:{unit_id}", notice)


def drop_draft(turn: Turn) -> list[Message]:
    plan = current_draft(turn)
    described = describe(turn, plan)
    throw_away(turn.session, plan)
    turn.note("drop_plan", plan=plan.id)
    return [wording.thrown_away(described)]


DONE_SO = {
    PastDates.DONE: "đã hoàn thành",
    PastDates.STILL_OWED: "vẫn phải làm, sẽ nhắc",
    PastDates.NOT_COUNTED: "không tính",
}


def settle_past(turn: Turn, said: SettlePast) -> list[Message]:
    """What the office says of dates that had passed when their plan was confirmed."""
    held = held_items(turn.session, turn.agency_id, turn.plan_id)
    if not held:
        raise NotFound(wording.no_past())
    turn.note("settle_past", choice=said.choice.value, codes=[each.obligation.short_code for each in held])
    for each in held:
        _settle_one(turn, each, said.choice)
    return [wording.past_settled(len(held), DONE_SO[said.choice])]


def _settle_one(turn: Turn, item: Item, choice: PastDates) -> None:
    item.obligation.held, item.obligation.freed_by_inbox_id = False, turn.inbox.id
    match choice:
        case PastDates.DONE:
            # the office vouches for the day too: it was done when it was due, not today
            done = turn.answer(item, Said.DONE, text="Văn phòng ghi: đã xong", claimed_on=item.obligation.due)
            if done is not None:
                turn.decide(item, Ruling.ACCEPT, answer_id=done.id)
        case PastDates.NOT_COUNTED:
            turn.decide(item, Ruling.NOT_APPLICABLE, reason="kỳ đã qua")
        case PastDates.STILL_OWED:
            settle(turn.session, item, turn.office)
