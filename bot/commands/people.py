"""`/donvi`, `/moi`: the units, and who can be reached."""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import col

from bot.turn import Turn
from data.access_links import invitations_at
from data.chats import outstanding
from data.obligations import items
from data.people import (
    INVITATION_LIFE,
    ZALO_NAMES,
    add_unit,
    chats_of_unit,
    invite,
    known_units,
    living_units,
    units_without_chat,
)
from data.plans import confirmed_plans, drafts, rematch
from data.questions import unit_called
from data.tables import Agency, ChatRole, Obligation, Unit
from duties.errors import DutyError, NotFound
from duties.intents import AddUnit, Invite
from duties.message import Message
from duties.spelling import fold
from duties.units import kind_of
from duties.wording import people
from duties.wording.chats import codes_out
from duties.wording.people import Invited, Reached
from duties.workdays import day_of
from scheduler.materialise import materialise

LEADER, OFFICE = "Lãnh đạo", "Văn phòng điều phối"
ROLES = {
    fold(LEADER): ChatRole.LEADER,
    fold(OFFICE): ChatRole.OFFICE,
    "van phong (dieu phoi)": ChatRole.OFFICE,
    "dieu phoi": ChatRole.OFFICE,
    "quan tri": ChatRole.ADMIN,
}


def show_units(turn: Turn) -> list[Message]:
    return [people.units(reached_units(turn))]


def reached_units(turn: Turn) -> list[Reached]:
    """Every living unit, its chats, and how much it still owes."""
    mine = (col(Obligation.agency_id) == turn.agency_id, col(Obligation.is_open).is_(True))
    owed = [each.unit.id for each in items(turn.session, *mine)]
    return [_reached(turn, unit, owed.count(unit.id)) for unit in _living(turn)]


def _living(turn: Turn) -> Sequence[Unit]:
    return living_units(turn.session, turn.agency_id, turn.today)


def _reached(turn: Turn, unit: Unit, still_open: int) -> Reached:
    chats = chats_of_unit(turn.session, unit.id or 0)
    return Reached(unit.name, tuple(f"{chat.channel} {chat.title}".strip() for chat in chats), still_open)


def invite_units(turn: Turn, said: Invite) -> list[Message]:
    before = [name for _, name in outstanding(turn.session, turn.agency_id, turn.now) if name]
    shown = people.invitations(
        invited_by(turn, said), day_of(turn.now + INVITATION_LIFE), zalo_names(turn.agency)
    )
    return [replace(shown, lines=(*shown.lines, codes_out(before)))] if before else [shown]


def invited_by(turn: Turn, said: Invite) -> list[Invited]:
    """A code for the unit or the role that is named; without a name for each unit that nobody can reach."""
    role = role_called(said.words)
    if role is not None:
        return _invitations(turn, [(said.words, role, None)])
    if said.words:
        unit = unit_named(turn, said.words)
        return _invitations(turn, [(unit.name, ChatRole.UNIT, unit.id)])
    missing = units_without_chat(turn.session, turn.agency_id, turn.today)
    if not missing:
        raise DutyError(people.nobody_to_invite() if _living(turn) else people.no_units())
    return _invitations(turn, [(unit.name, ChatRole.UNIT, unit.id) for unit in missing])


def role_called(words: str) -> ChatRole | None:
    """“Lãnh đạo”, “Văn phòng điều phối”, “quản trị”: whoever is invited for no unit."""
    return ROLES.get(fold(words))


def unit_named(turn: Turn, words: str) -> Unit:
    """The living unit that is meant; NotFound says how to see their names."""
    known = known_units(turn.session, turn.agency_id)
    unit = unit_called(turn.session, turn.agency_id, words, known, turn.today)
    if unit is None:
        raise NotFound(people.no_such_unit(words))
    return unit


def _invitations(turn: Turn, wanted: Sequence[tuple[str, ChatRole, int | None]]) -> list[Invited]:
    invited = [
        _invited(turn, name, invite(turn.session, turn.agency_id, role, unit_id, turn.now))
        for name, role, unit_id in wanted
    ]
    turn.note("invite", to=[each.name for each in invited])
    return invited


def _invited(turn: Turn, name: str, code: str) -> Invited:
    doors = (invitations_at(turn.agency), str(turn.agency.settings.get("telegram_link", "")))
    return Invited(name, code, " hoặc ".join(door + code for door in doors if door))


def zalo_names(agency: Agency) -> list[str]:
    """Under which names the office's Zalo bots are found."""
    return sorted(set(agency.settings.get(ZALO_NAMES, {}).values()))


def add(turn: Turn, said: AddUnit) -> list[Message]:
    """One or several units, “;” between them; what plans in force mean by “các phòng, đơn vị” is owed by them at once."""
    names = [name.strip(" .,") for name in said.name.split(";") if name.strip(" .,")]
    if not names:
        raise DutyError("Xin ghi tên đơn vị, ví dụ: “thêm đơn vị: Phòng Tổ chức - Hành chính”.")
    added = [add_unit(turn.session, turn.agency_id, name, kind_of(name, turn.agency.name)) for name in names]
    for plan in (*drafts(turn.session, turn.agency_id), *confirmed_plans(turn.session, turn.agency_id)):
        rematch(turn.session, plan)
    materialise(turn.session, turn.agency, turn.office, turn.today)
    turn.can_undo("units", "thêm đơn vị")
    turn.note("add_unit", units=[unit.id for unit in added])
    return [people.units_added([unit.name for unit in added])]
