"""`/hoantac`: take back what a person's message recorded, within a day: the quoted one's, else the newest."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.aim import without_aim
from bot.targets import quoted_letter
from bot.turn import Turn
from data.changes import (
    Recorded,
    answered_by,
    changed_since,
    newest_recording,
    recorded_by,
    take_evidence_back,
)
from data.freezes import closed_at, freezes_in_force, frozen_at
from data.obligations import Item, decisions_of, hold, items_by_id, settle, settle_all
from data.questions import answered_since, told_of
from data.reckoning import as_answer
from data.tables import Answer, Change, Decision, Inbox
from duties.errors import DutyError, NotAllowed, NotFound
from duties.intents import Intent
from duties.message import Message
from duties.progress import UNDO_WITHIN, Ruling, Said, may_undo
from duties.replies import read_reply
from duties.wording import answers, decisions, plans
from duties.wording import undo as wording

Perform = Callable[[Turn, Intent], list[Message]]
WHAT = {
    Said.DONE: "báo hoàn thành",
    Said.IN_PROGRESS: "báo đang làm",
    Said.OBSTACLE: "báo vướng mắc",
    Said.CLEARED: "báo hết vướng mắc",
    Said.EXTENSION: "đề nghị lùi hạn",
    Said.NOT_OURS: "báo không thuộc đơn vị",
    Said.NOTE: "phần bổ sung",
}


def undo(turn: Turn, perform: Perform) -> list[Message]:
    """Take back what the quoted answer of ours recorded, else the newest that the same person recorded here."""
    quoted = quoted_letter(turn)
    meant = answered_by(turn.session, quoted) if quoted else None
    if meant is None:
        meant = newest_recording(turn.session, turn.inbox, turn.now - UNDO_WITHIN)
    if meant is None:
        return [answers.nothing_to_undo()]
    return take_back(turn, meant, perform)


def take_back(turn: Turn, meant: Inbox, perform: Perform) -> list[Message]:
    """All that one message recorded, or nothing of it."""
    recorded = recorded_by(turn.session, meant.id or 0)
    if recorded.is_empty:
        raise DutyError(wording.NOTHING_LEFT)
    if meant.sender_id != turn.inbox.sender_id:
        raise NotAllowed(wording.anothers(meant.sender))
    if turn.now - meant.received_at > UNDO_WITHIN:
        raise DutyError(wording.TOO_LATE)
    told = _of_duties(turn, recorded)
    for change in recorded.changes:
        told += _put_back(turn, change, perform)
    return told


def _of_duties(turn: Turn, recorded: Recorded) -> list[Message]:
    spoken_of = [row.obligation_id for row in recorded.answers] + [
        row.obligation_id for row in recorded.decisions
    ]
    hold(turn.session, [*_owed_of(turn, spoken_of).values(), *recorded.freed])
    if recorded.freed:
        return [_hold_again(turn, recorded)]
    if recorded.decisions:
        return [_undo_decisions(turn, recorded)]
    return [_undo_answers(turn, recorded.answers)] if recorded.answers else []


def _owed(turn: Turn, obligation_id: int) -> Item:
    return _owed_of(turn, [obligation_id])[obligation_id]


def _owed_of(turn: Turn, obligation_ids: Sequence[int]) -> dict[int, Item]:
    """By their numbers. NotFound: one of them is not there any more."""
    found = items_by_id(turn.session, obligation_ids)
    if not found.keys() >= set(obligation_ids):
        raise NotFound()
    return found


def _put_back(turn: Turn, change: Change, perform: Perform) -> list[Message]:
    """A change goes back by the words that say so; what was changed again since stays."""
    if not change.undo_by:
        raise DutyError(wording.no_way_back(change.what))
    if changed_since(turn.session, change):
        raise DutyError(wording.changed_again(change.what))
    turn.is_undoing = True
    told = [message for words in change.undo_by for message in _said_again(turn, words, perform)]
    turn.is_undoing = False
    change.undone_at = turn.now
    turn.note("undo_change", what=change.what)
    return [wording.put_back(change.what, told)]


def _said_again(turn: Turn, words: str, perform: Perform) -> list[Message]:
    turn.plan_id, said = without_aim(words)
    return [message for intent in read_reply(said, turn.today).intents for message in perform(turn, intent)]


def _undo_answers(turn: Turn, said: Sequence[Answer]) -> Message:
    for row in said:
        _check(turn, row)
    found = []
    for row in said:
        row.undone_at = turn.now
        take_evidence_back(turn.session, row, turn.now)
        found.append(_settled(turn, row.obligation_id, "undo"))
    kinds = dict.fromkeys(WHAT[row.kind] for row in said)
    return answers.undone(turn.entries(_each_once(found)), ", ".join(kinds))


def _check(turn: Turn, row: Answer) -> None:
    ruled = decisions_of(turn.session, row.obligation_id)
    if not may_undo(as_answer(row), ruled, turn.now):
        raise DutyError(wording.DECIDED)
    if not may_undo(as_answer(row), ruled, turn.now, frozen_at=_frozen(turn, row.obligation_id)):
        raise DutyError(wording.FROZEN)


def _undo_decisions(turn: Turn, recorded: Recorded) -> Message:
    """With what the same message reported for a unit before deciding about it."""
    if answered_since(turn.session, recorded.decisions):
        raise DutyError("Đơn vị đã báo cáo lại sau quyết định này nên không hoàn tác được.")
    owed = _owed_of(turn, [row.obligation_id for row in recorded.decisions])
    if _are_frozen(turn, recorded.decisions, owed):
        raise DutyError(wording.FROZEN)
    for row in (*recorded.answers, *recorded.decisions):
        row.undone_at = turn.now
    settle_all(turn.session, list(owed.values()), turn.office)
    for row in recorded.decisions:
        each = owed[row.obligation_id]
        turn.note("undo_decision", each)
        if row.kind is not Ruling.ACCEPT:
            turn.tell_unit(each.unit, f"undone:{row.id}", decisions.to_unit_undone(turn.entry(each)))
    return decisions.undone(turn.entries(owed.values()))


def _are_frozen(turn: Turn, rows: Sequence[Decision], owed: Mapping[int, Item]) -> bool:
    """Whether numbers that hold one of them were closed since."""
    freezes = freezes_in_force(turn.session, turn.agency_id)
    closed = ((row.at, closed_at(freezes, owed[row.obligation_id], turn.office.windows)) for row in rows)
    return any(at is not None and at >= decided for decided, at in closed)


def _frozen(turn: Turn, obligation_id: int) -> datetime | None:
    return frozen_at(turn.session, _owed(turn, obligation_id), turn.office.windows)


def _hold_again(turn: Turn, recorded: Recorded) -> Message:
    """Past dates that the office settled wait for its word again; what a unit answered since stays as it is."""
    for row in (*recorded.answers, *recorded.decisions):
        row.undone_at = turn.now
    turn.session.flush()
    untouched = [each for each in recorded.freed if not _is_spoken_of(turn, each)]
    for each in recorded.freed:
        each.obligation.freed_by_inbox_id = None
        each.obligation.held = each in untouched
        _settled(turn, each.id, "undo_decision")
    return plans.past_held_again(len(untouched))


def _is_spoken_of(turn: Turn, item: Item) -> bool:
    """Something was said or decided of it that nobody took back."""
    decided = any(ruled.undone_at is None for ruled in decisions_of(turn.session, item.id))
    return decided or bool(told_of(turn.session, item.id))


def _settled(turn: Turn, obligation_id: int, action: str) -> Item:
    found = _owed(turn, obligation_id)
    settle(turn.session, found, turn.office)
    turn.note(action, found)
    return found


def _each_once(found: Sequence[Item]) -> list[Item]:
    return list({each.id: each for each in found}.values())
