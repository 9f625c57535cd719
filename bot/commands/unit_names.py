"""“Các phòng” gồm: …, and two names that are two units: the office says whom a plan's words mean."""

from collections.abc import Collection

from bot.commands.meanings import told
from bot.commands.people import unit_named
from bot.turn import Turn
from data.collectives import is_one_of, mean, named_by_office
from data.people import add_unit as new_unit
from data.people import drop_alias, give_alias, known_units, living_units
from data.plans import confirmed_plans, drafts, rematch
from data.tables import Unit
from duties.errors import DutyError, NotFound
from duties.intents import CallUnit, DropName, MeanUnits, TellApart
from duties.message import Message
from duties.spelling import fold
from duties.units import KnownUnit, is_collective, kind_of
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
    _match_again(turn)
    turn.can_undo(f"unit:{one.id}", "tách hai đơn vị")
    turn.note("tell_apart", one=one.name, other=other.name)
    return [_with_what_follows(turn, people.told_apart(one.name, other.name), {one.id or 0})]


def call_unit(turn: Turn, said: CallUnit) -> list[Message]:
    """Of the two names one is a unit's: the other is understood as that unit, in plans too."""
    one, other = _called_exactly(turn, said.one), _called_exactly(turn, said.other)
    if one is not None and other is not None:
        same = one.id == other.id
        raise DutyError(
            people.called_so_already(said.one, other.name)
            if same
            else people.both_are_units(one.name, other.name)
        )
    unit, alias = (one, said.other) if one is not None else (other, said.one)
    if unit is None:
        raise NotFound(people.no_such_unit(said.other))
    if is_collective(alias):
        raise DutyError(people.is_for_several(alias))
    give_alias(turn.session, turn.agency_id, unit.id, alias)
    _match_again(turn)
    turn.can_undo(f"alias:{fold(alias)}", f"tên gọi {alias}", [f"bỏ tên gọi “{alias}”"])
    turn.note("call_unit", unit=unit.id, name=alias)
    return [_with_what_follows(turn, people.name_given(alias, unit.name), ())]


def drop_name(turn: Turn, said: DropName) -> list[Message]:
    """That other name is nobody's any more; what plans print under it is asked about again."""
    wanted = fold(said.name)
    unit = _called_exactly(turn, said.name)
    alias = next((each for each in unit.aliases if fold(each) == wanted), "") if unit else ""
    if unit is None or not alias:
        raise NotFound(people.no_such_name(said.name))
    drop_alias(turn.session, turn.agency_id, alias)
    _match_again(turn)
    turn.can_undo(f"alias:{wanted}", f"bỏ tên gọi {alias}", [f"gọi “{alias}” là “{unit.name}”"])
    turn.note("drop_name", unit=unit.id, name=alias)
    return [_with_what_follows(turn, people.name_dropped(alias, unit.name), {unit.id})]


def _called_exactly(turn: Turn, name: str) -> KnownUnit | None:
    """The unit that ever lived under that very name, or is called so too."""
    wanted = fold(name)
    known = known_units(turn.session, turn.agency_id)
    return next((unit for unit in known if wanted in map(fold, (unit.name, *unit.aliases))), None)


def _match_again(turn: Turn) -> None:
    for plan in (*drafts(turn.session, turn.agency_id), *confirmed_plans(turn.session, turn.agency_id)):
        rematch(turn.session, plan)


def _with_what_follows(turn: Turn, message: Message, gone: Collection[int]) -> Message:
    followed = follow_units(turn.session, turn.agency, turn.office, gone, turn.now)
    return with_changes(message, told(turn, followed))
