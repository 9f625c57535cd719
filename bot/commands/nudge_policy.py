"""`/lichnhac`, “nhắc quý trước 10, 5 ngày”, “kế hoạch 485: …”: how reminders go out, shown and changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from bot.turn import Turn
from data.obligations import Office
from data.offices import POLICY, office_of, policy_of
from data.plans import confirmed_plans, drafts
from data.tables import Agency, Plan
from duties.errors import DutyError, NotFound
from duties.intents import ResetPolicy, SetPolicy, ShowPolicy
from duties.message import Message
from duties.nudging import Policy
from duties.wording import policy as wording
from scheduler.reckon import Reckoned, reckon_anew


def show_policy(turn: Turn, said: ShowPolicy) -> list[Message]:
    if said.plan:
        own, number = policy_of_plan(turn, said.plan), _number(_plan(turn, said.plan))
        return [wording.policy_shown(own, turn.office.policy, (), number)]
    return [wording.policy_shown(turn.office.policy, Policy(), _plans_that_differ(turn))]


def policy_of_plan(turn: Turn, number: str) -> Policy:
    """What holds for a plan; without a number, for the office."""
    return _policy(turn, _plan(turn, number) if number else None)


def _plans_that_differ(turn: Turn) -> list[tuple[str, Policy]]:
    return [
        (_number(plan), turn.office.policy_for(plan.id or 0))
        for plan in confirmed_plans(turn.session, turn.agency_id)
        if turn.office.policy_for(plan.id or 0) != turn.office.policy
    ]


def _plan(turn: Turn, number: str) -> Plan:
    """The plan of that number, in force or waiting; its first figures are enough when they mean one plan only."""
    plans = (*drafts(turn.session, turn.agency_id), *confirmed_plans(turn.session, turn.agency_id))
    wanted = number.casefold()
    found = [plan for plan in plans if (plan.number or "").casefold() == wanted] or [
        plan for plan in plans if (plan.number or "").casefold().startswith(f"{wanted}/")
    ]
    if not found:
        raise NotFound(wording.no_such_plan(number))
    if len(found) > 1:
        raise DutyError(wording.several_plans([_number(plan) for plan in found]))
    return found[0]


def _number(plan: Plan) -> str:
    return plan.number or plan.title


def set_policy(turn: Turn, said: SetPolicy) -> list[Message]:
    names = [name for name, _ in said.changes]
    plan = _plan(turn, said.plan) if said.plan else None
    if plan is not None and set(names) & set(wording.OF_THE_OFFICE):
        raise DutyError(wording.not_of_a_plan())
    before = _policy(turn, plan)
    after = _changed(before, dict(said.changes))
    if after == before:
        raise DutyError(wording.same_already())
    _can_put_back(turn, plan, names, before)
    reckoned = _put(turn, plan, after)
    turn.note(
        "set_policy", plan=plan.id if plan else None, to=_plain(after, names), was=_plain(before, names)
    )
    return [wording.policy_set(names, before, after, reckoned.moved, reckoned.total, _of(plan))]


def reset_policy(turn: Turn, said: ResetPolicy) -> list[Message]:
    """The numbers every office begins with; a plan does again as its office does."""
    plan = _plan(turn, said.plan) if said.plan else None
    before, usual = _policy(turn, plan), turn.office.policy if plan else Policy()
    names = wording.differences(before, usual)
    if not names:
        raise DutyError(wording.nothing_to_reset(_of(plan)))
    _can_put_back(turn, plan, names, before)
    reckoned = _put(turn, plan, usual)
    turn.note("reset_policy", plan=plan.id if plan else None, was=_plain(before, names))
    return [wording.policy_reset(names, before, reckoned.moved, reckoned.total, _of(plan))]


def _can_put_back(turn: Turn, plan: Plan | None, names: Sequence[str], before: Policy) -> None:
    about = f"policy:{plan.id if plan else 'agency'}"
    turn.can_undo(about, "lịch nhắc", wording.orders(names, before, _of(plan)))


def _policy(turn: Turn, plan: Plan | None) -> Policy:
    return policy_of(turn.agency, plan.settings.get("policy") if plan else None)


def _of(plan: Plan | None) -> str:
    return _number(plan) if plan else ""


def _changed(before: Policy, changes: Mapping[str, object]) -> Policy:
    try:
        return POLICY.validate_python({**POLICY.dump_python(before), **changes})
    except ValidationError as wrong:
        [fault] = wrong.errors()
        raise DutyError(fault["msg"].removeprefix("Value error, ")) from None


def _plain(policy: Policy, names: Sequence[str]) -> dict[str, Any]:
    """Those numbers as JSON."""
    plain: dict[str, Any] = POLICY.dump_python(policy, mode="json")
    return {name: plain[name] for name in names}


def _put(turn: Turn, plan: Plan | None, policy: Policy) -> Reckoned:
    """Keep what differs from the default (of a plan, from its office), and reckon everything open anew."""
    if plan is None:
        _check_plans(turn, policy)
    keeper: Agency | Plan = plan or turn.agency
    usual = turn.office.policy if plan else Policy()
    kept = _plain(policy, wording.differences(policy, usual))
    others = {name: value for name, value in keeper.settings.items() if name != "policy"}
    keeper.settings = {**others, "policy": kept} if kept else others
    turn.session.add(keeper)
    return follow_office(turn)


def _check_plans(turn: Turn, policy: Policy) -> None:
    """What a plan does otherwise must be possible beside what its office does from now on."""
    for plan in (*drafts(turn.session, turn.agency_id), *confirmed_plans(turn.session, turn.agency_id)):
        try:
            _changed(policy, plan.settings.get("policy", {}))
        except DutyError as wrong:
            raise DutyError(wording.does_not_fit(_number(plan), str(wrong))) from None


def follow_office(turn: Turn) -> Reckoned:
    """The turn goes on with the office as it is now, and so does everything open."""
    before: Office = turn.office
    turn.session.flush()
    turn.office = office_of(turn.session, turn.agency, turn.today)
    return reckon_anew(turn.session, turn.agency_id, before, turn.office, turn.today)
