"""A new edition of a plan in force: compared, asked about, confirmed; taken back while nobody has built on it."""

from collections import Counter

from sqlmodel import Session, col

from bot.aim import waiting_drafts
from bot.commands.meanings import became_of
from bot.turn import AskBack, Turn
from data.editions import (
    base_of,
    called,
    compared,
    maybe_bases,
    newest_edition,
    note,
    noted,
    set_base,
    versions_of,
)
from data.obligations import Item, items
from data.plans import confirmed_plans, rematch
from data.tables import Duty, Obligation, Plan, PlanState
from duties.edition_orders import (
    EditionOf,
    EditionOrder,
    IsNew,
    IsOld,
    OwnPlan,
    ShowChanges,
    Unnamed,
    read_edition_order,
)
from duties.editions import Version
from duties.errors import DutyError, NotFound
from duties.message import Message
from duties.rights import Action, may
from duties.spelling import fold
from duties.wording import editions as wording
from duties.wording.editions import Edition
from scheduler.editions import Merged, Merging, touched_since


def hear(turn: Turn) -> list[Message] | None:
    """What the office says of an edition that waits; None when it is about something else."""
    order = read_edition_order(turn.inbox.text)
    if order is None or not may(turn.chat.role.value, Action.CHANGE_PLAN):
        return None
    waiting = next(iter(waiting_drafts(turn)), None)
    if isinstance(order, EditionOf):
        return _is_edition(turn, waiting, order.number)
    if waiting is None or (base_of(turn.session, waiting) is None and not maybe_bases(turn.session, waiting)):
        return None
    if isinstance(order, OwnPlan):
        set_base(turn.session, waiting, None)
        turn.note("own_plan", plan=waiting.id)
        return [wording.own_plan()]
    return _about(turn, waiting, order)


def _about(turn: Turn, plan: Plan, order: EditionOrder) -> list[Message]:
    base = base_of(turn.session, plan)
    if base is None:
        raise AskBack(_asks_which(turn, plan))
    match order:
        case ShowChanges():
            return wording.changes(edition_of(turn, plan, base))
        case IsNew(numbers):
            for number in numbers:
                _say(turn, plan, _by_number(edition_of(turn, plan, base), plan, turn, number), None)
        case IsOld(number, was):
            _is_old(turn, plan, base, number, was)
        case Unnamed(drops):
            note(turn.session, plan, rest="drop" if drops else "keep")
            turn.note("edition_rest", plan=plan.id, drops=drops)
        case _:
            pass
    return wording.compared(edition_of(turn, plan, base))


def _is_edition(turn: Turn, plan: Plan | None, number: str) -> list[Message]:
    """“Đây là bản điều chỉnh của kế hoạch 485”: so it is compared with that one."""
    if plan is None:
        raise NotFound(wording.no_edition())
    base = plan_called(turn, plan, number)
    set_base(turn.session, plan, base)
    turn.note("edition_of", plan=plan.id, of=base.id)
    rematch(turn.session, plan)
    return wording.compared(edition_of(turn, plan, base))


def plan_called(turn: Turn, plan: Plan | None, number: str) -> Plan:
    """The plan in force of that number; without one the only one that may be meant."""
    in_force = confirmed_plans(turn.session, turn.agency_id)
    if not number:
        found = (maybe_bases(turn.session, plan) if plan else []) or list(in_force)
    else:
        found = called(turn.session, turn.agency_id, number)
        found = found or [each for each in in_force if number == str(each.id)]
    if not found:
        raise NotFound(wording.no_such_plan(number))
    if len(found) > 1:
        raise DutyError(wording.which_plan([each.number or str(each.id) for each in found]))
    return found[0]


def opening(turn: Turn, plan: Plan) -> list[Message]:
    """What is said of a draft that changes a plan in force, or may."""
    base = base_of(turn.session, plan)
    if base is not None:
        rematch(turn.session, plan)
        return wording.compared(edition_of(turn, plan, base))
    return [_asks_which(turn, plan)] if maybe_bases(turn.session, plan) else []


def looked_at(turn: Turn, plan: Plan, number: str = "") -> Edition:
    """A draft beside the plan of that number, or the one that it says it changes."""
    if plan.state is not PlanState.DRAFT:
        raise DutyError(wording.in_force_already())
    base = None if number else base_of(turn.session, plan)
    if base is None:
        base = plan_called(turn, plan, number)
        set_base(turn.session, plan, base)
    rematch(turn.session, plan)
    return edition_of(turn, plan, base)


def _asks_which(turn: Turn, plan: Plan) -> Message:
    bases = maybe_bases(turn.session, plan)
    return wording.is_it_an_edition([(_called(base), base.number or str(base.id)) for base in bases])


def _called(plan: Plan) -> str:
    return wording.plan_called(plan.number or "", plan.title)


def edition_of(turn: Turn, plan: Plan, base: Plan) -> Edition:
    return edition_beside(turn.session, plan, base)


def edition_beside(session: Session, plan: Plan, base: Plan) -> Edition:
    """The draft beside the plan in force, as the office is shown it."""
    found = compared(session, plan, base)
    rest = noted(plan).get("rest")
    drops = rest == "drop" if rest else None if found.names_few else True
    theirs = (col(Duty.plan_id) == base.id, col(Obligation.is_open).is_(True))
    still_open = Counter(item.duty.id or 0 for item in items(session, *theirs))
    return Edition(_called(base), found, _numbers(session, plan, base), drops, still_open)


def _numbers(session: Session, plan: Plan, base: Plan) -> dict[int, int]:
    """The numbers of the lists: the new text's duties in its order, then those of the plan in force in theirs."""
    both = (*versions_of(session, plan), *versions_of(session, base))
    return {version.id: number for number, version in enumerate(both, start=1)}


def _by_number(edition: Edition, plan: Plan, turn: Turn, number: int) -> Version:
    new = {edition.numbers[each.id]: each for each in versions_of(turn.session, plan)}
    if number not in new:
        raise NotFound(wording.no_such_number(number))
    return new[number]


def _is_old(turn: Turn, plan: Plan, base: Plan, number: int, was: str) -> None:
    edition = edition_of(turn, plan, base)
    new = _by_number(edition, plan, turn, number)
    old = _old_called(turn, edition, base, was)
    said = noted(plan).get("said", {})
    other = next((int(id) for id, meant in said.items() if meant == old.id and int(id) != new.id), None)
    if other is not None:
        raise DutyError(wording.taken_already(was, edition.numbers[other]))
    _say(turn, plan, new, old.id)


def _old_called(turn: Turn, edition: Edition, base: Plan, was: str) -> Version:
    """By its code, where several have it one that is not the same; else by its number in the lists."""
    old = versions_of(turn.session, base)
    same = {pair.old.id for pair in edition.found.same}
    coded = [each for each in old if fold(each.code).rstrip(".") == fold(was)]
    free = [each for each in coded if each.id not in same]
    found = free or coded or [each for each in old if str(edition.numbers[each.id]) == was]
    if not found:
        raise NotFound(wording.no_such_old(was))
    if len(found) > 1:
        raise DutyError(
            wording.several_old(was, [(edition.numbers[each.id], each.content) for each in found])
        )
    return found[0]


def _say(turn: Turn, plan: Plan, new: Version, old_id: int | None) -> None:
    said = {**noted(plan).get("said", {}), str(new.id): old_id}
    note(turn.session, plan, said=said)
    turn.note("edition_pair", plan=plan.id, new=new.id, old=old_id)


def put_in_force(turn: Turn, plan: Plan) -> Message | None:
    """Make the changes of an edition in the plan that it changes; None for a plan of its own."""
    base = base_of(turn.session, plan)
    if base is None:
        if maybe_bases(turn.session, plan):
            raise AskBack(_asks_which(turn, plan))
        return None
    rematch(turn.session, plan)
    edition = edition_of(turn, plan, base)
    if edition.found.unsure or (edition.drops is None and edition.found.gone):
        raise AskBack(wording.compared(edition)[-1])
    turn.session.refresh(turn.agency, with_for_update=True)
    chat = turn.chat if turn.chat.id else None
    merging = Merging(turn.session, turn.agency, turn.office, plan, base, turn.now, chat)
    done = merging.put_in_force(edition.found, drops=bool(edition.drops))
    turn.can_undo(f"plan:{base.id}", "áp dụng bản điều chỉnh", ["rút bản điều chỉnh"])
    turn.note("merge_edition", plan=plan.id, of=base.id, counts=_counts(edition))
    _tell_units(turn, edition.of, f"edition:{plan.id}", done)
    return wording.merged(
        edition, plan.number or "", became_of(turn, done.followed), turn.entries(done.ended)
    )


def _counts(edition: Edition) -> dict[str, int]:
    found = edition.found
    return {
        "same": len(found.same),
        "changed": len(found.changed),
        "new": len(found.new),
        "gone": len(found.gone) if edition.drops else 0,
    }


def _tell_units(turn: Turn, of: str, key: str, done: Merged) -> None:
    """Each unit hears once what is new for it and what is no more; what is held is asked of the office first."""
    followed = done.followed
    changed = [
        each
        for each in (*followed.made, *followed.moved)
        if each.obligation.is_open and not each.obligation.held and each.obligation.due is not None
    ]
    ended = [*done.ended, *followed.withdrawn]
    for unit in {each.unit.id: each.unit for each in (*changed, *ended)}.values():
        news = wording.to_unit(
            unit.name, of, turn.entries(_of(changed, unit.id)), turn.entries(_of(ended, unit.id))
        )
        turn.tell_unit(unit, f"{key}:{unit.id}", news)


def _of(found: list[Item], unit_id: int | None) -> list[Item]:
    return [each for each in found if each.unit.id == unit_id]


def withdraw(turn: Turn) -> list[Message]:
    """The edition put in force last goes, if nothing was said or decided of what it changed; of the plan spoken of, if one is."""
    edition = newest_edition(turn.session, turn.agency_id, turn.plan_id)
    base = base_of(turn.session, edition) if edition else None
    if edition is None or base is None:
        raise NotFound(wording.nothing_to_take_back())
    touched = touched_since(turn.session, edition)
    if touched:
        raise DutyError(wording.too_late(touched))
    turn.session.refresh(turn.agency, with_for_update=True)
    done = Merging(turn.session, turn.agency, turn.office, edition, base, turn.now).take_back()
    turn.can_undo(f"plan:{base.id}", "rút bản điều chỉnh")
    turn.note("withdraw_edition", plan=edition.id, of=base.id)
    _tell_units(turn, _called(base), f"edition-back:{edition.id}:{turn.now.isoformat()}", done)
    return [wording.taken_back(_called(base), became_of(turn, done.followed))]
