"""“Đổi tên Phòng A thành Phòng B”: the unit goes on under another name."""

from bot.turn import Turn
from data.people import known_units, rename_unit
from data.questions import unit_called
from duties.errors import DutyError, NotFound
from duties.intents import RenameUnit
from duties.message import Message
from duties.spelling import fold
from duties.wording import people


def rename(turn: Turn, said: RenameUnit) -> list[Message]:
    known = known_units(turn.session, turn.agency_id)
    unit = unit_called(turn.session, turn.agency_id, said.name, known, turn.today)
    if unit is None:
        raise NotFound(people.no_such_unit(said.name))
    if any(fold(each.name) == fold(said.to) for each in known if each.id != unit.id):
        raise DutyError(people.name_taken(said.to))
    old = unit.name
    rename_unit(turn.session, unit, said.to)
    turn.can_undo(f"unit:{unit.id}", f"đổi tên {old}", [f"đổi tên {said.to} thành {old}"])
    turn.note("rename_unit", unit=unit.id, old=old, new=said.to)
    return [people.unit_renamed(old, said.to)]
