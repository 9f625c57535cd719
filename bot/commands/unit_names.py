"""“Các phòng” gồm: …, and two names that are two units: the office says whom a plan's words mean."""

from collections.abc import Collection

from bot.commands.meanings import told
from bot.commands.people import unit_named
from bot.turn import Turn
from data.collectives import is_one_of, mean, named_by_office
from data.people import add_unit as new_unit
from data.people import drop_alias, living_units
from data.plans import confirmed_plans, drafts, rematch
from data.tables import Unit
from duties.errors import DutyError
from duties.intents import MeanUnits, TellApart
from duties.message import Message
from duties.spelling import fold
from duties.units import is_collective, kind_of
from duties.wording import people
from duties.wording.meanings import with_changes
from scheduler.follow import follow_units


def mean_units(turn: Turn, said: MeanUnits) -> list[Message]:
    """What the office names is meant from now on; what units no longer meant have not answered is taken back."""
    if not is_collective(said.name):
        raise DutyError(people.no_collective(said.name))
    units = [unit_named(turn, name) for name in said.units]
    before, named = _meant(turn, said.name), named_by_office(turn.agency, said.name)
    names = "; ".join(unit.name for unit in before)
    words = f"“{said.name}” gồm: {names}" if named is not None and before else f"“{said.name}” như ban đầu"
    turn.can_undo(f"collective:{fold(said.name)}", f"sửa “{said.name}”", [words])
    mean(turn.agency, said.name, units or None)
    turn.session.add(turn.agency)
    now_meant = _meant(turn, said.name)
    turn.note("mean_units", name=said.name, units=[unit.name for unit in now_meant])
    gone = {unit.id or 0 for unit in before} - {unit.id or 0 for unit in now_meant}
    message = people.collective_means(said.name, [unit.name for unit in now_meant], by_kind=not units)
    return [_with_what_follows(turn, message, gone)]


def _meant(turn: Turn, name: str) -> list[Unit]:
    living = living_units(turn.session, turn.agency_id, turn.today)
    return [unit for unit in living if is_one_of(turn.agency, name, unit)]


def tell_apart(turn: Turn, said: TellApart) -> list[Message]:
    """The second name becomes a unit of its own, with what the plans print under it."""
    one = unit_named(turn, said.one)
    if fold(said.other) == one.name_key:
        raise DutyError(people.same_name(one.name))
    drop_alias(turn.session, turn.agency_id, said.other)
    other = new_unit(turn.session, turn.agency_id, said.other, kind_of(said.other, turn.agency.name))
    for plan in (*drafts(turn.session, turn.agency_id), *confirmed_plans(turn.session, turn.agency_id)):
        rematch(turn.session, plan)
    turn.can_undo(f"unit:{one.id}", "tách hai đơn vị")
    turn.note("tell_apart", one=one.name, other=other.name)
    return [_with_what_follows(turn, people.told_apart(one.name, other.name), {one.id or 0})]


def _with_what_follows(turn: Turn, message: Message, gone: Collection[int]) -> Message:
    followed = follow_units(turn.session, turn.agency, turn.office, gone, turn.now)
    return with_changes(message, told(turn, followed))
