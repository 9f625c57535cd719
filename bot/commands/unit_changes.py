"""“Từ 1/3 Phòng A và Phòng B hợp nhất thành Phòng C”: looked at, confirmed, done on its day; taken back."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import col

from bot.commands.people import unit_named
from bot.turn import Turn
from data.obligations import Item, items
from data.people import known_units
from data.plans import drafts
from data.tables import ChangeState, Obligation, Unit, UnitChange
from data.unit_changes import changes_of, drop_shown, later_than, linked_chats, shown
from duties.errors import DutyError, NotFound
from duties.intents import CloseUnit, DropUnits, MergeUnits, RenameFrom, SplitUnit
from duties.message import Message
from duties.rights import Action, may
from duties.spelling import fold
from duties.unit_changes import ChangeKind
from duties.wording import unit_changes as wording
from duties.wording.unit_changes import Shared, Shown
from scheduler.unit_changes import announce, carry_out, told_of, unit_names
from scheduler.unit_changes_back import is_touched, take_back

WAITS = timedelta(hours=2)
FARTHEST = timedelta(days=730)
_YES = re.compile(r"(?:ok,? )?(?:xac nhan|dong y)[ .!]*\Z")
_SHARE = re.compile(
    r"(?:(?:viec|nhiem vu|so) )?(?P<numbers>\d{1,3}(?:(?: ?[,;] ?| va | )\d{1,3})*) (?:giao cho|cho|giao|ve) (?P<unit>.+)\Z"
)


def hear(turn: Turn) -> list[Message] | None:
    """“Xác nhận”, “1, 3 cho Phòng B” right after a change of units was shown; None when it is about something else."""
    if not may(turn.chat.role.value, Action.CHANGE_PLAN):
        return None
    waiting = _waiting(turn)
    if waiting is None:
        return None
    said = fold(turn.inbox.text).strip()
    if _YES.match(said) and not any(
        plan.created_at > waiting.at for plan in drafts(turn.session, turn.agency_id)
    ):
        return confirm(turn)
    return _share(turn, waiting) if waiting.kind is ChangeKind.SPLIT else None


def _waiting(turn: Turn) -> UnitChange | None:
    return shown(turn.session, turn.agency_id, turn.chat.id, turn.now - WAITS)


def rename(turn: Turn, said: RenameFrom) -> list[Message]:
    unit = unit_named(turn, said.name)
    _check_free(turn, said.to, [unit])
    return show(turn, ChangeKind.RENAME, [unit], [said.to], said.on)


def merge(turn: Turn, said: MergeUnits) -> list[Message]:
    units = [unit_named(turn, name) for name in said.names]
    return _merge(turn, units, said.to, said.on)


def _merge(turn: Turn, units: list[Unit], to: str, on: date | None) -> list[Message]:
    into = next((each for each in _living(turn) if fold(each.name) == fold(to)), None)
    if into is None:
        _check_free(turn, to, [])
    gone = [unit for unit in units if into is None or unit.id != into.id]
    if len({unit.id for unit in units}) < len(units) or not gone:
        raise DutyError(wording.same_unit())
    return show(turn, ChangeKind.MERGE, units, [into.name if into else to], on or turn.today)


def split(turn: Turn, said: SplitUnit) -> list[Message]:
    unit = unit_named(turn, said.name)
    for name in said.to:
        if not any(fold(each.name) == fold(name) for each in _living(turn)):
            _check_free(turn, name, [])
    if len({fold(name) for name in said.to}) < len(said.to):
        raise DutyError(wording.same_unit())
    # the rest stays with the unit itself where it goes on, else with the part named last
    names = sorted(said.to, key=lambda name: fold(name) == unit.name_key)
    return show(turn, ChangeKind.SPLIT, [unit], names, said.on or turn.today)


def close(turn: Turn, said: CloseUnit) -> list[Message]:
    """Its work goes to another unit; without one there may be none."""
    unit = unit_named(turn, said.name)
    if said.to:
        return _merge(turn, [unit], unit_named(turn, said.to).name, said.on)
    owed = _open_of(turn, [unit])
    if owed:
        raise DutyError(wording.still_owes(unit.name, len(owed)))
    return show(turn, ChangeKind.CLOSE, [unit], [], said.on or turn.today)


def _living(turn: Turn) -> list[Unit]:
    query = [known.id for known in known_units(turn.session, turn.agency_id) if known.valid_to is None]
    return [turn.session.get_one(Unit, each) for each in query]


def _check_free(turn: Turn, name: str, but: Sequence[Unit]) -> None:
    others = {unit.id for unit in but}
    for each in known_units(turn.session, turn.agency_id):
        if fold(each.name) == fold(name) and each.id not in others and each.valid_to != date.min:
            raise DutyError(wording.name_taken(name))


def show(
    turn: Turn, kind: ChangeKind, units: Sequence[Unit], names: Sequence[str], on: date
) -> list[Message]:
    """Look at it first; nothing is done."""
    if on > turn.today + FARTHEST:
        raise DutyError(wording.too_far(on))
    drop_shown(turn.session, turn.agency_id, turn.chat.id)
    change = UnitChange(
        agency_id=turn.agency_id,
        kind=kind,
        state=ChangeState.SHOWN,
        on=on,
        unit_ids=[unit.id or 0 for unit in units],
        names=list(names),
        chat_id=turn.chat.id,
        sender=turn.inbox.sender,
        at=turn.now,
    )
    if kind is ChangeKind.SPLIT:
        duties = {each.duty.id: each.duty.position for each in _open_of(turn, units)}
        change.did = {"listed": sorted(duties, key=lambda duty: (duties[duty], duty or 0))}
    turn.session.add(change)
    turn.session.flush()
    turn.note("show_unit_change", change=change.id, kind=kind.value)
    return wording.looked_at(as_shown(turn, change))


def _open_of(turn: Turn, units: Sequence[Unit]) -> list[Item]:
    mine = col(Obligation.unit_id).in_([unit.id for unit in units])
    return items(turn.session, mine, col(Obligation.is_open).is_(True))


def as_shown(turn: Turn, change: UnitChange) -> Shown:
    """A change as it is looked at, before it is done or after."""
    units = [turn.session.get_one(Unit, each) for each in change.unit_ids]
    moving = [unit for unit in units if fold(unit.name) not in {fold(name) for name in change.names}]
    owed = _open_of(turn, moving)
    chats = {chat for unit in moving for chat in linked_chats(turn.session, unit.id or 0)}
    return Shown(
        change.kind,
        change.on,
        unit_names(turn.session, change),
        change.names,
        open=len(owed),
        chats=len(chats),
        is_past=change.on < turn.today,
        shared=_shared(change, _open_of(turn, units)) if change.kind is ChangeKind.SPLIT else (),
    )


def _shared(change: UnitChange, owed: Sequence[Item]) -> list[Shared]:
    rows = []
    for number, duty_id in enumerate(change.did.get("listed", []), start=1):
        mine = [each for each in owed if each.duty.id == duty_id]
        if mine:
            to = change.shares.get(str(duty_id), change.names[-1])
            rows.append(Shared(number, mine[0].duty.code, mine[0].duty.content, len(mine), to))
    return rows


def _share(turn: Turn, change: UnitChange) -> list[Message] | None:
    """“1, 3 cho Phòng B; 2 cho Phòng C”; None when that is not what is said."""
    parts = [part.strip() for part in re.split(r"[\n;]", turn.inbox.text) if part.strip()]
    found = [_SHARE.match(" ".join(fold(part).split())) for part in parts]
    if not parts or not all(found):
        return None
    given = [
        ([int(number) for number in re.findall(r"\d+", each["numbers"])], each["unit"].strip(" .!"))
        for each in found
        if each
    ]
    return share(turn, change, given)


def share(turn: Turn, change: UnitChange, given: Sequence[tuple[list[int], str]]) -> list[Message]:
    listed, shares = change.did.get("listed", []), dict(change.shares)
    for numbers, words in given:
        name = _part(change, words)
        for number in numbers:
            if not 1 <= number <= len(listed):
                raise NotFound(wording.no_such_share(number))
            shares[str(listed[number - 1])] = name
    change.shares = shares
    turn.session.add(change)
    turn.session.flush()
    turn.note("share_duties", change=change.id)
    return wording.looked_at(as_shown(turn, change))


def share_newest(turn: Turn, given: Sequence[tuple[list[int], str]]) -> list[Message]:
    """Share out what is shown."""
    waiting = _waiting(turn)
    if waiting is None:
        raise NotFound(wording.nothing_shown())
    return share(turn, waiting, given)


def _part(change: UnitChange, words: str) -> str:
    same = [name for name in change.names if fold(name) == fold(words)]
    part = [name for name in change.names if fold(words) in fold(name)]
    if len(same or part) != 1:
        raise NotFound(wording.not_a_part(words, change.names))
    return (same or part)[0]


def confirm(turn: Turn) -> list[Message]:
    """Do it at once if its day has come, else on that day."""
    change = _waiting(turn)
    if change is None:
        raise NotFound(wording.nothing_shown())
    seen, number = as_shown(turn, change), change.id or 0
    turn.can_undo(f"units:{number}", "thay đổi đơn vị", [f"bỏ thay đổi đơn vị {number}"])
    turn.note("confirm_unit_change", change=number)
    if change.on > turn.today:
        change.state = ChangeState.CONFIRMED
        turn.session.add(change)
        return [wording.kept_for(seen, number)]
    outcome = carry_out(turn.session, turn.agency, turn.office, change, turn.now)
    announce(turn.session, change, outcome, turn.now, turn.chat.id)
    return [wording.done(seen, number, told_of(outcome))]


def drop(turn: Turn, said: DropUnits) -> list[Message]:
    """What is shown or waits is let be; what is done goes back while nobody has built on it."""
    change = _meant(turn, said.number)
    names = unit_names(turn.session, change)
    if change.state is ChangeState.DONE:
        if later_than(turn.session, change):
            raise DutyError(wording.later_first())
        touched = is_touched(turn.session, change)
        if touched:
            raise DutyError(wording.too_late(touched, change.kind))
        take_back(turn.session, turn.agency, turn.office, change, turn.now)
    change.state = ChangeState.DROPPED
    turn.session.add(change)
    turn.can_undo(f"units:{change.id}", "bỏ thay đổi đơn vị")
    turn.note("drop_unit_change", change=change.id)
    return [wording.put_back(change.kind, names, change.names)]


def _meant(turn: Turn, number: int) -> UnitChange:
    if not number:
        found = _waiting(turn) or next(reversed(changes_of(turn.session, turn.agency_id)), None)
    else:
        every = changes_of(turn.session, turn.agency_id)
        found = next((each for each in every if each.id == number), None)
    if found is None:
        raise NotFound(wording.no_such_change(number) if number else wording.nothing_shown())
    return found


def changes_in_full(turn: Turn) -> list[dict[str, Any]]:
    """Every change for another program."""
    return [
        {
            "number": change.id,
            "kind": change.kind.value,
            "from": change.on,
            "units": unit_names(turn.session, change),
            "names": change.names,
            "state": change.state.value,
            "done_at": change.done_at,
        }
        for change in changes_of(turn.session, turn.agency_id)
    ]


def show_changes(turn: Turn) -> list[Message]:
    rows = [
        (
            change.id or 0,
            wording.what(change.kind, unit_names(turn.session, change), change.names),
            change.on,
            change.state is ChangeState.DONE,
        )
        for change in changes_of(turn.session, turn.agency_id)
    ]
    return [wording.listed(rows)]
