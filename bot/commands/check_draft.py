"""“1 đúng”, “số 15/KH-…”, “năm 2024”: the office settles what is asked about the draft that waits."""

from bot.aim import waiting_drafts
from bot.commands.copy_plan import COPIED, copied_anew
from bot.commands.load_plan import current_draft, describe, list_duties, questions_of
from bot.commands.plan_files import put_instead, read_files
from bot.turn import Turn
from data.doubts import settle_doubts, settle_head, settled_doubts
from data.plan_files import files_of
from data.tables import Plan
from duties.deadline import Years
from duties.draft_orders import (
    DraftOrder,
    IssuedOn,
    NumberIs,
    ShowDuties,
    Understood,
    YearsAre,
    read_draft_order,
)
from duties.errors import DutyError, NotFound
from duties.intents import AskAgain
from duties.message import Message
from duties.plan import DoubtKind
from duties.rights import Action, may
from duties.wording import draft_pages as wording
from duties.wording.dates import day
from duties.wording.plans import Question

NEED_WORDS = {DoubtKind.DEADLINE, DoubtKind.LEAD, DoubtKind.HEAD}


def hear(turn: Turn) -> list[Message] | None:
    """What is said of a plan by who may say it; None when it is about something else."""
    order = read_draft_order(turn.inbox.text)
    role = turn.chat.role.value
    if isinstance(order, ShowDuties):
        return list_duties(turn) if may(role, Action.SEE_PLANS) else None
    waiting = waiting_drafts(turn)
    if order is None or not waiting or not may(role, Action.CHANGE_PLAN):
        return None
    return _settle(turn, waiting[0], order)


def _settle(turn: Turn, plan: Plan, order: DraftOrder) -> list[Message]:
    match order:
        case Understood(numbers):
            return [_understood(turn, plan, numbers)]
        case NumberIs(number):
            plan.number = number
            turn.note("number_plan", plan=plan.id, number=number)
            _head_set(turn, plan)
            return [wording.number_kept(number)]
        case IssuedOn(on):
            plan.issued = on
            turn.note("date_plan", plan=plan.id, day=on.isoformat())
            _head_set(turn, plan)
            return [wording.issued_kept(day(on))]
        case YearsAre(years):
            return _read_anew(turn, plan, years)
        case ShowDuties():
            return list_duties(turn)


def _head_set(turn: Turn, plan: Plan) -> None:
    if plan.number and plan.issued:
        settle_head(turn.session, plan, DoubtKind.HEAD)


def _understood(turn: Turn, plan: Plan, numbers: tuple[int, ...]) -> Message:
    """What was understood stays, and is asked no more."""
    waiting = {doubt.number: doubt for doubt in questions_of(turn, plan) if doubt.kind is not DoubtKind.NOTE}
    meant = numbers or _the_only_one(waiting)
    for number in meant:
        _check(waiting, number)
    settle_doubts(turn.session, plan, meant)
    listed = ", ".join(map(str, meant))
    by = [f"hỏi lại câu {listed}"]
    turn.can_undo(f"doubts:{plan.id}:{listed}", f"trả lời câu {listed}", by, plan_id=plan.id)
    turn.note("settle_doubts", plan=plan.id, numbers=list(meant))
    return wording.understood(meant, len(waiting) - len(set(meant)))


def ask_again(turn: Turn, said: AskAgain) -> list[Message]:
    """What was called right is asked again."""
    plan = current_draft(turn)
    settled = settled_doubts(turn.session, plan)
    if missing := [number for number in said.numbers if number not in settled]:
        raise NotFound(wording.not_settled(missing[0]))
    settle_doubts(turn.session, plan, said.numbers, is_settled=False)
    turn.note("ask_again", plan=plan.id, numbers=list(said.numbers))
    return [wording.asked_again(said.numbers)]


def _the_only_one(waiting: dict[int, Question]) -> tuple[int, ...]:
    may_be = [number for number, doubt in waiting.items() if doubt.kind not in NEED_WORDS]
    if not may_be:
        raise NotFound("Không có câu nào chờ trả lời “đúng”. Gõ /kehoach để xem lại kế hoạch.")
    if len(may_be) > 1:
        raise DutyError(wording.which_doubt(may_be))
    return (may_be[0],)


def _check(waiting: dict[int, Question], number: int) -> None:
    if number not in waiting:
        raise NotFound(wording.no_such_doubt(number))
    if waiting[number].kind in NEED_WORDS:
        raise DutyError(wording.needs_words(waiting[number]))


def _read_anew(turn: Turn, plan: Plan, years: Years) -> list[Message]:
    """Dates without a year belong to the plan's: with another year the whole file is read again."""
    if COPIED in plan.notes:
        return _read_back_anew(turn, copied_anew(turn, plan, years), years)
    files = files_of(turn.session, plan)
    draft = read_files(turn, files, years)
    again = put_instead(turn, plan, draft, years, files)
    # the office has just said which year it is: that is not asked again
    settle_head(turn.session, again, DoubtKind.YEARS)
    turn.note("read_plan_anew", plan=again.id, years=str(years))
    return _read_back_anew(turn, again, years)


def _read_back_anew(turn: Turn, plan: Plan, years: Years) -> list[Message]:
    return [Message((wording.read_anew(str(years)),)), *wording.draft(describe(turn, plan))]
