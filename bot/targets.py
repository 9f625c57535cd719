"""Targets: which obligations a number, a short code or a duty code points to, and whether this chat may speak of them."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlmodel import col, select

from bot.turn import AskBack, Turn
from data.letters import as_message, newest_list
from data.obligations import (
    Item,
    by_urgency,
    hold,
    item,
    item_by_code,
    items,
    items_by_code,
    open_items,
    standing_of,
)
from data.questions import unanswered_questions, waiting_requests
from data.tables import Letter, LetterKind, Obligation
from data.withdrawn import is_withdrawn
from duties.errors import NotAllowed, NotFound
from duties.intents import DutyCode, Everything, PlanRow, Position, ShortCode, Target, Targets
from duties.message import Message
from duties.wording import lists
from duties.wording.answers import ask_everything

WHICH = "Xin cho biết việc nào:"
WHICH_CODE = "Chưa rõ là việc nào; xin ghi số trong danh sách hoặc mã, ví dụ “xong #A12”."
CODE = re.compile(r"#([A-Z]{1,2}\d{1,2})\b")
QUOTED = re.compile(r"“[^”]*”")  # examples, and what people wrote
STILL_SPOKEN_OF = timedelta(hours=1)


def find(
    turn: Turn, targets: Targets, says: str, everything: Callable[[], Sequence[Item]] | None = None
) -> list[Item]:
    """The obligations meant, each once; `says` is what is said of them, with {} for their codes, for asking back.

    “Tất cả” is `everything`, else what is still open of the list; without a number one of `everything` is meant, too.
    It is looked up only when it is meant: it may be thousands.
    """
    if not targets:
        return _held(turn, [_the_only_one(turn, says, everything() if everything else None)])
    if Everything() in targets:
        raise AskBack(_ask_everything(turn, everything() if everything else _still_open(turn), says))
    named = [target.code.upper() for target in targets if isinstance(target, ShortCode)]
    coded = items_by_code(turn.session, turn.agency_id, named)
    found = [_one(turn, target, says, coded) for target in targets]
    return _held(turn, list({each.id: each for each in found}.values()))


def _held(turn: Turn, found: list[Item]) -> list[Item]:
    """Two colleagues may speak of one thing at once: the second waits, and sees what the first said."""
    hold(turn.session, found)
    turn.found += found
    return found


def _still_open(turn: Turn) -> list[Item]:
    shown = [_allowed(turn, item(turn.session, each)) for each in _list(turn)]
    return [each for each in shown if each.obligation.is_open]


def _ask_everything(turn: Turn, meant: Sequence[Item], says: str) -> Message:
    if not meant:
        see = "/viec" if turn.is_unit else "/choduyet hoặc /viec"
        raise NotFound(f"Chưa rõ “tất cả” là những việc nào. Gõ {see} để xem danh sách rồi trả lời theo số.")
    return ask_everything(turn.entries(meant[: lists.MOST]), says, to_office=not turn.is_unit)


def find_asked(turn: Turn, targets: Targets, says: str) -> list[Item]:
    """What is added belongs to what it names, else to what is spoken of, else to the one question of ours that is open."""
    if targets:
        return find(turn, targets, says)
    spoken_of = _spoken_of(turn)
    asked = unanswered_questions(turn.session, turn.chat.id or 0, _list(turn)) if turn.is_unit else []
    is_quoted = quoted_letter(turn) is not None
    meant = {spoken_of.id} if spoken_of and is_quoted else {*asked, *({spoken_of.id} if spoken_of else ())}
    if len(meant) == 1:
        return _held(turn, [_allowed(turn, item(turn.session, meant.pop()))])
    if not turn.is_unit:
        raise NotFound(WHICH_CODE)
    return _held(turn, [_choose(turn, says, sorted(meant))])


def _choose(turn: Turn, says: str, meant: Sequence[int] = ()) -> Item:
    """Of what may be meant, or is on the list, or owed: the only one, or it is asked."""
    listed = meant or (_list(turn) if _is_still_spoken_of(turn) else ())
    owed = [found for each in listed if (found := item(turn.session, each)) is not None] or _its_business(
        turn
    )
    if len(owed) == 1:
        return _allowed(turn, owed[0])
    if not owed:
        raise NotFound(WHICH_CODE)
    shown = [_allowed(turn, each) for each in owed[: lists.MOST]]
    raise AskBack(lists.which_one(turn.entries(shown), turn.today, says, WHICH))


def _one(turn: Turn, target: Target, says: str, coded: Mapping[str, Item]) -> Item:
    """`coded`: those named by their short codes, which may be many."""
    match target:
        case Position(number):
            return _at(turn, number)
        case ShortCode(code):
            return _of_code(turn, code, coded.get(code.upper()))
        case DutyCode(code):
            return _by_duty(turn, code, says)
        case PlanRow(number):
            raise NotFound(lists.is_of_plan(number))
        case Everything():
            raise AssertionError("asked back before")


def quoted_letter(turn: Turn) -> Letter | None:
    """The letter of this chat that the message replies to."""
    if turn.inbox.quoted_letter_id is None:
        return None
    quoted = turn.session.get(Letter, turn.inbox.quoted_letter_id)
    return quoted if quoted is not None and quoted.chat_id == turn.chat.id else None


def _list(turn: Turn) -> list[int]:
    """The obligations behind the numbers: of the letter that is quoted, else of the newest list."""
    quoted = quoted_letter(turn)
    if quoted is not None and quoted.listed:
        return list(quoted.listed)
    assert turn.chat.id is not None
    return newest_list(turn.session, turn.chat.id, turn.now)


def was_shown_list(turn: Turn, since: datetime | None = None) -> bool:
    """Whether a bare number may be a place in a list: the one quoted, else one shown since then."""
    quoted = quoted_letter(turn)
    if quoted is not None and quoted.listed:
        return True
    assert turn.chat.id is not None
    return bool(newest_list(turn.session, turn.chat.id, turn.now, since))


def _at(turn: Turn, number: int) -> Item:
    listed = _list(turn)
    if not 1 <= number <= len(listed):
        raise NotFound(lists.no_such_number(number, len(listed)))
    return _allowed(turn, item(turn.session, listed[number - 1]))


def _coded(turn: Turn, code: str) -> Item:
    return _of_code(turn, code, item_by_code(turn.session, turn.agency_id, code))


def _of_code(turn: Turn, code: str, found: Item | None) -> Item:
    if found is None:
        raise NotFound(lists.no_such_code(code, is_withdrawn(turn.session, turn.agency_id, code)))
    return _allowed(turn, found)


def _allowed(turn: Turn, found: Item | None) -> Item:
    """A chat acts only for its agency and, unless it is the office or the leader, only for its units."""
    if found is None or found.obligation.agency_id != turn.agency_id:
        raise NotFound()
    if turn.is_unit and found.obligation.unit_id not in turn.unit_ids:
        joined = _joined(turn, found)
        if joined is not None:
            return joined
        raise NotAllowed(f"Việc #{found.obligation.short_code} không thuộc đơn vị này nên không ghi nhận.")
    return found


def _joined(turn: Turn, found: Item) -> Item | None:
    """What a unit that is no more owed was joined with what its heir owes of the same occurrence: its code means that."""
    if found.unit.valid_to is None or standing_of(turn.session, found).moved_to is None:
        return None
    same = (col(Obligation.occurrence_id) == found.occurrence.id, col(Obligation.unit_id).in_(turn.unit_ids))
    return next(iter(items(turn.session, *same)), None)


def _by_duty(turn: Turn, code: str, says: str) -> Item:
    """A code of one duty that falls due several times means the one due next; of several duties, it is asked."""
    found = [each for each in _open(turn) if each.duty.code.upper() == code]
    if not found:
        raise NotFound(f"Không có việc nào mang số {code} đang chờ. Gõ /viec để xem danh sách.")
    nearest = {(each.duty.id, each.unit.id): each for each in reversed(found)}
    if len(nearest) > 1:
        choices = sorted(nearest.values(), key=by_urgency)
        raise AskBack(
            lists.which_one(turn.entries(choices), turn.today, says, f"Số {code} có ở nhiều việc. {WHICH}")
        )
    return found[0]


def _open(turn: Turn) -> list[Item]:
    if turn.is_unit:
        return open_items(turn.session, turn.unit_ids)
    mine = (col(Obligation.agency_id) == turn.agency_id, col(Obligation.is_open).is_(True))
    return sorted(items(turn.session, *mine), key=by_urgency)


def _the_only_one(turn: Turn, says: str, meant: Sequence[Item] | None) -> Item:
    """Words without a number are about the one thing that is being spoken of, or the one thing on the list.

    Of several that are `meant` it is asked which; and also when what is spoken of is none of them.
    """
    spoken_of = _spoken_of(turn)
    if not meant and meant is not None and spoken_of is None:
        raise NotFound(lists.NOTHING_WAITS)
    if not meant:
        return spoken_of or _choose(turn, says)
    waiting = {each.id: each for each in meant}
    if spoken_of is None or spoken_of.id in waiting:
        return spoken_of or _choose(turn, says, list(waiting))
    return _choose(turn, says, [spoken_of.id, *waiting])


def _its_business(turn: Turn) -> list[Item]:
    """What a chat may mean that was shown no list: what it owes, or what waits for it."""
    if turn.is_unit:
        return open_items(turn.session, turn.unit_ids)
    return waiting_requests(turn.session, turn.agency_id)


def _spoken_of(turn: Turn) -> Item | None:
    """The one obligation named in the letter that is quoted, else in what we just answered here."""
    letter = quoted_letter(turn) or _last_reply(turn)
    if letter is None:
        return None
    codes = set(CODE.findall(QUOTED.sub("", as_message(letter.body).text)))
    return _coded(turn, codes.pop()) if len(codes) == 1 else None


def _is_still_spoken_of(turn: Turn) -> bool:
    """Whether the list stands: of one thing alone nothing more is meant once another was named after it."""
    listed = _list(turn)
    only = item(turn.session, listed[0]) if len(listed) == 1 and quoted_letter(turn) is None else None
    if only is None:
        return True
    mine = select(Letter).where(Letter.chat_id == turn.chat.id)
    for letter in turn.session.exec(mine.order_by(col(Letter.id).desc()).limit(50)):
        if letter.listed:
            return True
        if set(CODE.findall(QUOTED.sub("", as_message(letter.body).text))) - {only.obligation.short_code}:
            return False
    return True


def _last_reply(turn: Turn) -> Letter | None:
    """The newest letter, if it is an answer of ours and still fresh: after a reminder nothing is taken for granted."""
    newest = turn.session.exec(
        select(Letter).where(Letter.chat_id == turn.chat.id).order_by(col(Letter.id).desc())
    ).first()
    if newest is None or newest.kind is not LetterKind.REPLY or turn.now - newest.put_at > STILL_SPOKEN_OF:
        return None
    return newest
