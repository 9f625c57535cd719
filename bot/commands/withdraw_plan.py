"""“Rút kế hoạch 485”: told what it means, confirmed, done; “khôi phục kế hoạch 485” puts it in force again."""

from collections import Counter
from collections.abc import Callable, Sequence

from bot.turn import Turn
from data.editions import called
from data.obligations import Item, hold, settle_all
from data.offices import office_of
from data.plans import confirmed_plans, drafts, withdrawn_plans
from data.plans import restore as put_in_force_again
from data.plans import withdraw as take_out_of_force
from data.questions import owed_of_plan
from data.tables import Plan, Unit
from duties.editions import is_number
from duties.errors import DutyError, NotFound
from duties.intents import RestorePlan, WithdrawPlan
from duties.message import Message
from duties.spelling import fold
from duties.wording import withdrawal as wording
from duties.wording.editions import plan_called
from scheduler.materialise import materialise_plan

Notice = Callable[[str, str, int], Message]


def withdraw(turn: Turn, said: WithdrawPlan) -> list[Message]:
    """First what it means; said again with “xác nhận” it is done."""
    plan = plan_in_force(turn, said.number)
    owed = _open_of(turn, plan)
    if said.is_sure:
        return [_withdraw(turn, plan, owed)]
    turn.note("show_withdrawal", plan=plan.id)
    return [wording.looked_at(_name(plan), _ref(turn, plan), _by_unit(owed))]


def _withdraw(turn: Turn, plan: Plan, owed: Sequence[Item]) -> Message:
    take_out_of_force(turn.session, plan)
    ref = _ref(turn, plan)
    turn.can_undo(f"plan:{plan.id}", "rút kế hoạch", [f"khôi phục kế hoạch {ref}"])
    turn.note("withdraw_plan", plan=plan.id, open=len(owed))
    _tell_units(turn, plan, owed, "withdrawn", wording.to_unit_withdrawn)
    return wording.withdrawn(_name(plan), ref, len(owed), turn.untold)


def restore(turn: Turn, said: RestorePlan) -> list[Message]:
    """In force again; what was missed meanwhile comes with the next letter."""
    plan = _withdrawn(turn, said.number)
    _check_alone(turn, plan)
    put_in_force_again(turn.session, plan)
    # its own ways of reminding hold again, too
    turn.office = office_of(turn.session, turn.agency, turn.today)
    materialise_plan(turn.session, turn.agency, turn.office, plan, turn.today)
    owed = _open_of(turn, plan)
    hold(turn.session, owed)
    settle_all(turn.session, owed, turn.office)
    turn.can_undo(f"plan:{plan.id}", "khôi phục kế hoạch", [f"rút kế hoạch {_ref(turn, plan)}, xác nhận"])
    turn.note("restore_plan", plan=plan.id, open=len(owed))
    # of units that closed meanwhile the office says who goes on with their work
    closed = [each for each in owed if _is_closed(turn, each.unit)]
    living = [each for each in owed if each not in closed]
    _tell_units(turn, plan, living, "restored", wording.to_unit_restored)
    held = [(each.obligation.short_code, each.unit.name) for each in closed]
    return [wording.restored(_name(plan), len(owed), turn.untold, held)]


def _is_closed(turn: Turn, unit: Unit) -> bool:
    return unit.valid_to is not None and unit.valid_to <= turn.today


def _tell_units(turn: Turn, plan: Plan, owed: Sequence[Item], what: str, notice: Notice) -> None:
    """One line to each unit that has something open."""
    units = {each.unit.id: each.unit for each in owed}
    counts = Counter(each.unit.id for each in owed)
    for unit_id, unit in units.items():
        key = f"plan-{what}:{plan.id}:{unit_id}:{turn.now.isoformat()}"
        turn.tell_unit(unit, key, notice(unit.name, _name(plan), counts[unit_id]))


def _open_of(turn: Turn, plan: Plan) -> list[Item]:
    return [each for each in owed_of_plan(turn.session, plan.id or 0) if each.obligation.is_open]


def _by_unit(owed: Sequence[Item]) -> dict[str, int]:
    return dict(Counter(each.unit.name for each in owed).most_common())


def _name(plan: Plan) -> str:
    return plan_called(plan.number or "", plan.title)


def _ref(turn: Turn, plan: Plan) -> str:
    """What to write for it: its number, unless another plan has the same."""
    every = (
        *confirmed_plans(turn.session, turn.agency_id),
        *withdrawn_plans(turn.session, turn.agency_id),
    )
    same = [each for each in every if plan.number and is_number(plan.number, each.number or "")]
    return plan.number if plan.number and len(same) == 1 else str(plan.id)


def plan_in_force(turn: Turn, number: str) -> Plan:
    in_force = confirmed_plans(turn.session, turn.agency_id)
    if turn.plan_id is not None:
        return _one(turn, [each for each in in_force if each.id == turn.plan_id], number, is_withdrawn=False)
    found = called(turn.session, turn.agency_id, number) if number else in_force
    return _one(turn, found or _by_id(in_force, number), number, is_withdrawn=False)


def _withdrawn(turn: Turn, number: str) -> Plan:
    every = withdrawn_plans(turn.session, turn.agency_id)
    if turn.plan_id is not None:
        return _one(turn, [each for each in every if each.id == turn.plan_id], number, is_withdrawn=True)
    found = [each for each in every if is_number(number, each.number or "")] if number else every
    return _one(turn, found or _by_id(every, number), number, is_withdrawn=True)


def _by_id(plans: Sequence[Plan], number: str) -> list[Plan]:
    return [each for each in plans if number == str(each.id)]


def _one(turn: Turn, found: Sequence[Plan], number: str, *, is_withdrawn: bool) -> Plan:
    if not found:
        raise NotFound(wording.not_found(number, is_withdrawn=is_withdrawn))
    if len(found) > 1:
        order = "khôi phục kế hoạch" if is_withdrawn else "rút kế hoạch"
        raise DutyError(wording.which(order, [_ref(turn, each) for each in found]))
    return found[0]


def _check_alone(turn: Turn, plan: Plan) -> None:
    """The same plan may have been sent anew since: it is never in force twice."""
    others = (*confirmed_plans(turn.session, turn.agency_id), *drafts(turn.session, turn.agency_id))
    for each in others:
        same_number = bool(plan.number) and fold(each.number or "") == fold(plan.number or "")
        if same_number or each.source_hash == plan.source_hash:
            raise DutyError(wording.already_again(_name(each)))
