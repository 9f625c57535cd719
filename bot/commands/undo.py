"""`/hoantac`: take back what this chat's newest message recorded, within a day."""

from collections.abc import Sequence

from bot.turn import Turn
from data.obligations import Item, as_answer, decisions_of, item, settle
from data.questions import answered_since, decided_by, freed_by, said_by, told_of
from data.tables import Answer, Decision
from duties.errors import NotFound
from duties.message import Message
from duties.progress import UNDO_WITHIN, Ruling, Said, may_undo
from duties.wording import answers, decisions, plans

WHAT = {
    Said.DONE: "báo hoàn thành",
    Said.IN_PROGRESS: "báo đang làm",
    Said.OBSTACLE: "báo vướng mắc",
    Said.CLEARED: "báo hết vướng mắc",
    Said.EXTENSION: "đề nghị lùi hạn",
    Said.NOT_OURS: "báo không thuộc đơn vị",
    Said.NOTE: "phần bổ sung",
}


def undo(turn: Turn) -> list[Message]:
    """The office may have decided, reported, and settled past dates: the newest is taken back."""
    assert turn.chat.id is not None
    since = turn.now - UNDO_WITHIN
    said = said_by(turn.session, turn.chat.id, since)
    ruled = decided_by(turn.session, turn.chat.id, since) if turn.is_office else ()
    freed = freed_by(turn.session, turn.inbox, since) if turn.is_office else []
    newest = max(
        [row.inbox_id or 0 for row in said[:1]] + [row.inbox_id or 0 for row in ruled[:1]], default=0
    )
    if freed and (freed[0].obligation.freed_by_inbox_id or 0) >= newest:
        return [_hold_again(turn, freed, said, ruled)]
    if ruled and (not said or (ruled[0].inbox_id or 0) >= (said[0].inbox_id or 0)):
        return [_undo_decisions(turn, ruled, [row for row in said if row.inbox_id == ruled[0].inbox_id])]
    return [_undo_answers(turn, said)] if said else [answers.nothing_to_undo()]


def _undo_answers(turn: Turn, said: Sequence[Answer]) -> Message:
    for row in said:
        if not may_undo(as_answer(row), decisions_of(turn.session, row.obligation_id), turn.now):
            return answers.nothing_to_undo("Văn phòng đã quyết định về báo cáo này nên không hoàn tác được.")
    found = []
    for row in said:
        row.undone_at = turn.now
        found.append(_settled(turn, row.obligation_id, "undo"))
    kinds = dict.fromkeys(WHAT[row.kind] for row in said)
    return answers.undone(turn.entries(_each_once(found)), ", ".join(kinds))


def _undo_decisions(turn: Turn, ruled: Sequence[Decision], said: Sequence[Answer]) -> Message:
    """`said`: what the same message reported for a unit before deciding about it."""
    if any(answered_since(turn.session, row) for row in ruled):
        return answers.nothing_to_undo("Đơn vị đã báo cáo lại sau quyết định này nên không hoàn tác được.")
    if any(row.kind is Ruling.MOVE for row in ruled):
        return answers.nothing_to_undo("Việc đã chuyển đơn vị; muốn đổi lại, gõ “chuyển #mã sang Phòng …”.")
    found = []
    for report in said:
        report.undone_at = turn.now
    for row in ruled:
        row.undone_at = turn.now
        each = _settled(turn, row.obligation_id, "undo_decision")
        found.append(each)
        if row.kind is not Ruling.ACCEPT:
            turn.tell_unit(each.unit, f"undone:{row.id}", decisions.to_unit_undone(turn.entry(each)))
    return decisions.undone(turn.entries(_each_once(found)))


def _hold_again(
    turn: Turn, freed: Sequence[Item], said: Sequence[Answer], ruled: Sequence[Decision]
) -> Message:
    """Past dates that the office settled wait for its word again; what a unit answered since stays as it is."""
    settled_by = freed[0].obligation.freed_by_inbox_id
    for report in said:
        if report.inbox_id == settled_by:
            report.undone_at = turn.now
    for decision in ruled:
        if decision.inbox_id == settled_by:
            decision.undone_at = turn.now
    turn.session.flush()
    untouched = [each for each in freed if not _is_spoken_of(turn, each)]
    for each in freed:
        each.obligation.freed_by_inbox_id = None
        each.obligation.held = each in untouched
        _settled(turn, each.id, "undo_decision")
    return plans.past_held_again(len(untouched))


def _is_spoken_of(turn: Turn, item: Item) -> bool:
    """Something was said or decided of it that nobody took back."""
    decided = any(ruled.undone_at is None for ruled in decisions_of(turn.session, item.id))
    return decided or bool(told_of(turn.session, item.id))


def _settled(turn: Turn, obligation_id: int, action: str) -> Item:
    found = item(turn.session, obligation_id)
    if found is None:
        raise NotFound()
    settle(turn.session, found, turn.office)
    turn.note(action, found)
    return found


def _each_once(found: Sequence[Item]) -> list[Item]:
    return list({each.id: each for each in found}.values())
