"""“Gộp 2.3 và 2.4”, “lấy lại dòng không tính 3”: the rows of a draft put together, parted, and taken in."""

from collections.abc import Sequence

from bot.commands.correct_plan import the_duty
from bot.commands.load_plan import current_draft
from bot.commands.meanings import AS_PRINTED, called
from bot.turn import AskBack, Turn
from data.doubts import add_doubt, put_back_said, said_of_rows, settle_rows, withdraw_doubts
from data.events import happened
from data.merged_rows import corrected, part, put_together, row_said, rows_in
from data.plans import deadline_of, units_of_duty
from data.questions import duty_at
from data.rows_left_out import RowOut, rows_left_out, take_in
from data.tables import Duty, Plan
from duties.deadline import Reading
from duties.errors import DutyError, NotFound
from duties.intents import MergeRows, PartRows, TakeInRow
from duties.message import Message
from duties.one_row import asks_which, deadline_together, other_deadlines
from duties.plan import Doubt, DoubtKind, Role
from duties.questions import NO_DEADLINE, NO_LEAD
from duties.spelling import fold
from duties.wording import draft_rows as wording


def merge(turn: Turn, said: MergeRows) -> list[Message]:
    """Two rows or more are one duty: it says what all of them say, and what was asked of each is asked of it."""
    plan = current_draft(turn)
    found = [the_duty(turn, plan, target) for target in said.targets]
    for duty in found:
        _check(turn, duty)
    kept, *others = found if said.is_first_kept else sorted(found, key=lambda duty: duty.position)
    if not others or kept in others:
        raise DutyError(wording.one_row_only(called(turn, kept)))
    question = _about_deadline(turn, [kept, *others])
    names = [called(turn, duty) for duty in others]
    _put_together(turn, plan, kept, others, question)
    name = called(turn, kept)
    what = f"gộp {', '.join(names)} vào {name}"
    turn.can_undo(f"row:{kept.id}", what, [f"tách @{kept.position}"], plan_id=plan.id)
    turn.note("merge_rows", plan=plan.id, duty=kept.id, rows=[duty.position for duty in others])
    return [wording.merged(name, names, kept.content, question)]


def _check(turn: Turn, duty: Duty) -> None:
    name = called(turn, duty)
    if duty.left_out:
        raise DutyError(wording.is_left_out(name))
    if happened(turn.session, duty.id or 0):
        raise DutyError(wording.has_event(name))


def _about_deadline(turn: Turn, duties: Sequence[Duty]) -> str:
    """What is asked where the rows say different times."""
    rows = [row_said(turn.session, duty, called(turn, duty)) for duty in duties]
    counts = deadline_together(rows)
    others = other_deadlines(rows, counts)
    return asks_which(counts, others) if others else ""


def _put_together(turn: Turn, plan: Plan, kept: Duty, others: Sequence[Duty], question: str) -> None:
    session, every = turn.session, [kept, *others]
    before = said_of_rows(session, plan, [duty.position for duty in every])
    _settle_lacks(turn, plan, every)
    asked = None
    if question:
        about = kept.code or f"@{kept.position}"
        doubt = Doubt(about, question, kind=DoubtKind.TIMES, rows=(kept.position,))
        asked = add_doubt(session, plan, doubt)
    put_together(session, plan, kept, others, {"said": before, "asked": asked})


def _settle_lacks(turn: Turn, plan: Plan, duties: Sequence[Duty]) -> None:
    """What the one row lacks and the other has is asked no more."""
    dateless = [duty for duty in duties if deadline_of(duty).reading is Reading.UNREAD]
    leaderless = [duty for duty in duties if not _has_lead(turn, duty)]
    for lacking, kind in ((dateless, DoubtKind.DEADLINE), (leaderless, DoubtKind.LEAD)):
        if len(lacking) < len(duties):
            settle_rows(turn.session, plan, lacking, kind)


def _has_lead(turn: Turn, duty: Duty) -> bool:
    return any(each.role is Role.LEAD for each in units_of_duty(turn.session, duty.id or 0))


def part_rows(turn: Turn, said: PartRows) -> list[Message]:
    """What was put together last is as it was; what was changed since in the one duty goes with it."""
    plan = current_draft(turn)
    kept = the_duty(turn, plan, said.targets[0])
    name = called(turn, kept)
    others = [
        found for row in rows_in(plan, kept.position) if (found := duty_at(turn.session, plan.id or 0, row))
    ]
    if not others:
        raise NotFound(wording.not_merged(name))
    places = ", ".join(f"@{duty.position}" for duty in others)
    again = [f"gộp {places} vào @{kept.position}", *_corrections(turn, plan, kept)]
    doubts = part(turn.session, plan, kept, others)
    put_back_said(turn.session, plan, doubts["said"])
    withdraw_doubts(turn.session, plan, [doubts["asked"]] if doubts["asked"] else [])
    names = [called(turn, duty) for duty in others]
    turn.can_undo(f"row:{kept.id}", f"tách {name}", again, plan_id=plan.id)
    turn.note("part_rows", plan=plan.id, duty=kept.id, rows=[duty.position for duty in others])
    return [wording.parted([name, *names])]


def _corrections(turn: Turn, plan: Plan, kept: Duty) -> list[str]:
    """The words that say again what was corrected of the one duty."""
    now, place = corrected(turn.session, plan, kept), f"@{kept.position}"
    words = []
    if "content" in now:
        words.append(f"{place} nội dung: {kept.content}")
    if "deadline" in now:
        meant = deadline_of(kept).phrase
        words.append(f"{place} hạn {AS_PRINTED if meant == kept.phrase else meant}")
    if "units" in now and (leads := [name for name, role, _ in now["units"] if role == Role.LEAD]):
        words.append(f"{place} giao {'; '.join(leads)}")
    if "needs_evidence" in now:
        words.append(f"{'' if kept.needs_evidence else 'không '}bắt buộc minh chứng {place}")
    return words


def take_in_row(turn: Turn, said: TakeInRow) -> list[Message]:
    """What was read as no duty is one after all: its date and its unit are asked."""
    plan = current_draft(turn)
    row = _row_meant(plan, said)
    duty = duty_at(turn.session, plan.id or 0, row.taken) if row.taken else None
    if duty is not None and not duty.left_out:
        raise DutyError(wording.is_taken(row.text, called(turn, duty)))
    if duty is None:
        duty = take_in(turn.session, plan, row.number)
        for text, kind in ((NO_DEADLINE, DoubtKind.DEADLINE), (NO_LEAD, DoubtKind.LEAD)):
            about = duty.code or f"@{duty.position}"
            add_doubt(turn.session, plan, Doubt(about, text, kind=kind, rows=(duty.position,)))
    duty.left_out = False
    turn.session.add(duty)
    by = [f"bỏ @{duty.position}"]
    turn.can_undo(f"left_out:{plan.id}", "lấy lại dòng không tính", by, plan_id=plan.id)
    turn.note("take_in_row", plan=plan.id, duty=duty.id, number=row.number)
    return [wording.taken_in(f"@{duty.position}", duty.content)]


def _row_meant(plan: Plan, said: TakeInRow) -> RowOut:
    """The row of that number, or the only one at that place; AskBack where several stand there."""
    rows = list(rows_left_out(plan))
    if not said.where:
        found = [row for row in rows if row.number == said.number]
    else:
        found = [row for row in rows if _parts(said.where) <= _parts(row.where)]
    if not found:
        raise NotFound(wording.no_row_out(said.where or str(said.number), has_any=bool(rows)))
    if len(found) > 1:
        raise AskBack(wording.which_row_out([(row.number, row.text, row.where) for row in found]))
    return found[0]


def _parts(where: str) -> set[str]:
    """“trang tính “A”, dòng 4” → its parts, however they are typed."""
    return {fold(part.strip(" “”\"'")) for part in where.replace("“", "").replace("”", "").split(",")}
