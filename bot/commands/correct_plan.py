"""“Bỏ 2.5”, “3.2 giao Phòng CNTT”: the office corrects what was read of a plan that waits."""

from collections.abc import Sequence

from bot.commands.load_plan import current_draft
from bot.turn import Turn
from data.doubts import settle_about
from data.people import known_units
from data.plans import drafts, units_of_duty
from data.questions import draft_duties, unit_called
from data.tables import Duty, DutyUnit, Plan
from duties.errors import DutyError, NotFound
from duties.intents import DutyCode, GiveTo, LeaveOut, Position, Target
from duties.message import Message
from duties.plan import DoubtKind, Role
from duties.wording import people
from duties.wording import plans as wording


def leave_out(turn: Turn, said: LeaveOut) -> list[Message]:
    plan = current_draft(turn)
    found = [_the_duty(turn, plan, target) for target in said.targets]
    for duty in found:
        duty.left_out = not said.back
        turn.session.add(duty)
    turn.note("leave_out", plan=plan.id, codes=[duty.code for duty in found], back=said.back)
    return [wording.left_out([duty.code for duty in found], said.back)]


def printed_code(target: Target) -> str:
    """The code of a duty as the plan prints it."""
    match target:
        case DutyCode(code):
            return code
        case Position(number):
            return str(number)
        case _:
            raise NotFound("Xin ghi số của nhiệm vụ như trong kế hoạch, ví dụ “bỏ 2.5”.")


def _the_duty(turn: Turn, plan: Plan, target: Target) -> Duty:
    code = printed_code(target)
    return _only(draft_duties(turn.session, plan.id or 0, code), code)


def _only(found: Sequence[Duty], code: str) -> Duty:
    if not found:
        raise NotFound(wording.no_duty(code))
    if len(found) > 1:
        raise DutyError(wording.several_duties(code, [duty.content for duty in found]))
    return found[0]


def is_about_draft(turn: Turn, said: GiveTo) -> bool:
    """Whether what is given is a duty of the draft that waits, and not an obligation."""
    waiting = drafts(turn.session, turn.agency_id)
    codes = [target.code for target in said.targets if isinstance(target, DutyCode)]
    return bool(waiting and codes and draft_duties(turn.session, waiting[0].id or 0, codes[0]))


def give_lead(turn: Turn, said: GiveTo) -> list[Message]:
    """Another unit leads the duty than the one printed; where the house has no units yet, the name is enough."""
    plan = current_draft(turn)
    unit = unit_called(
        turn.session, turn.agency_id, said.unit, known_units(turn.session, turn.agency_id), turn.today
    )
    if unit is None and known_units(turn.session, turn.agency_id):
        raise NotFound(people.no_such_unit(said.unit))
    name = unit.name if unit else said.unit
    found = [_the_duty(turn, plan, target) for target in said.targets]
    for duty in found:
        _replace_leads(turn, duty, name, unit.id if unit else None)
        settle_about(turn.session, plan, duty.code, DoubtKind.LEAD, DoubtKind.READING)
    turn.note("give_lead", plan=plan.id, codes=[duty.code for duty in found], to=name)
    return [wording.duty_given(", ".join(duty.code for duty in found), name)]


def _replace_leads(turn: Turn, duty: Duty, name: str, unit_id: int | None) -> None:
    assert duty.id is not None
    for named in units_of_duty(turn.session, duty.id):
        if named.role is Role.LEAD or named.printed == name:
            turn.session.delete(named)
    turn.session.flush()
    lead = DutyUnit(agency_id=duty.agency_id, duty_id=duty.id, printed=name, role=Role.LEAD, unit_id=unit_id)
    turn.session.add(lead)
    turn.session.flush()
