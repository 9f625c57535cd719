"""Filing: a file that came is kept first, and put to what it proves as soon as that is known."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import col, select

from bot.commands import guide
from bot.state_secret import turn_back
from bot.targets import find, find_asked, quoted_letter
from bot.turn import Turn
from data.dialogues import dialogue_of
from data.evidence import (
    add_evidence,
    album_before,
    fallen_of_album,
    has_proof,
    is_evidence,
    leave_room,
    let_wait,
    of_album,
    ticked,
    waiting_with,
)
from data.files import keep
from data.letters import LISTS_COUNT_FOR, fresh_reply, reword
from data.obligations import Item, item
from data.tables import Answer, Evidence, Inbox, WaitingFile
from duties import intents as say
from duties.caution import could_take_it_back
from duties.deliverables import named as deliverables_named
from duties.dialogue import Asks
from duties.errors import DutyError
from duties.mentions import typed
from duties.message import Attached, Line, Message
from duties.progress import Said
from duties.replies import read_reply
from duties.rights import Action, may
from duties.wording import answers
from duties.wording import files as wording
from duties.wording.help import one_line

PLACE = "gửi minh chứng {}"
REPORTS = (
    say.Done,
    say.MaybeDone,
    say.NotYet,
    say.InProgress,
    say.Note,
    say.Obstacle,
    say.ShowItem,
    say.SendEvidence,
    say.ShowEvidence,
)
SAYS_NOTHING = (say.Unclear, say.Chatter, say.ShowItem, say.SendEvidence, say.ShowEvidence, say.Skip)
HANDS_IN = re.compile(r"(?<!\w)(?:nộp|nop|gửi|gui|kèm|kem|ban hành|ban hanh|trình|trinh)(?!\w)")
NUMBERS_ONLY = re.compile(
    r"(?:việc |viec )?#?[a-z]{0,2}\d{1,3}(?:(?:[\s,;.]|và|va)+#?[a-z]{0,2}\d{1,3})*[\s.]*", re.IGNORECASE
)


def is_plan(turn: Turn) -> bool:
    """Whether a file of the office is a plan: unless its caption speaks of something owed, by its code."""
    if not may(turn.chat.role.value, Action.CHANGE_PLAN):
        return False
    said = read_reply(turn.inbox.text, turn.today).intents
    codes = [target for each in said if isinstance(each, REPORTS) for target in each.targets]
    return not any(isinstance(target, say.ShortCode) for target in codes)


def take_in(turn: Turn, *, by_link: bool = False) -> list[Message]:
    """Keep the file that came with the message; what is to be said when it is not kept. Its bytes leave the inbox."""
    if turn.inbox.file_name and is_plan(turn) and not by_link:
        return []
    secret = turn_back(turn)
    if secret or not turn.inbox.file_name:
        return secret
    content, turn.inbox.file = turn.inbox.file or b"", None
    if not may(turn.chat.role.value, Action.REPORT):
        return [one_line(wording.NONE_KEPT)]
    try:
        if not by_link:
            leave_room(turn.session, turn.chat.id or 0, len(content), turn.now)
        turn.file = keep(turn.session, turn.files, turn.agency_id, turn.inbox.file_name, content, turn.now)
    except DutyError as refused:
        turn.note("file_refused", refused=True, file=turn.inbox.file_name)
        return [one_line(str(refused))]
    turn.inbox.file_name = turn.file.name
    return []


def follows(turn: Turn) -> list[Message] | None:
    """A further file of an album goes where the first one went; None when it is no such file or says more."""
    first = album_before(turn.session, turn.inbox)
    if turn.file is None or first is None or turn.inbox.text.strip():
        return None
    before = of_album(turn.session, turn.inbox)
    waiting = [] if before else waiting_with(turn.session, turn.chat.id or 0, first)
    if not before and not waiting:
        return None
    earlier = list(dict.fromkeys(row.file_name for row in (before or waiting)))
    if before:
        for obligation_id, answer_id in dict.fromkeys((row.obligation_id, row.answer_id) for row in before):
            answer = turn.session.get_one(Answer, answer_id)
            add_evidence(turn.session, obligation_id, turn.file, turn.heard, answer)
    else:
        let_wait(turn.session, turn.agency_id, turn.chat.id or 0, turn.file, turn.inbox)
    say_so = wording.kept_files if before else wording.held_files
    now_kept = list(dict.fromkeys([*earlier, turn.file.name]))
    if reword(turn.session, f"reply:{first.id}:", turn.chat, say_so(earlier), say_so(now_kept), turn.now):
        return []
    return [Message((say_so(now_kept),))]


def stands_alone(turn: Turn) -> bool:
    """Whether nothing is said with the file but, perhaps, what it belongs to."""
    if turn.file is None:
        return False
    said = read_reply(turn.inbox.text, turn.today).intents
    return not turn.inbox.text.strip() or all(isinstance(each, SAYS_NOTHING) for each in said)


def place_alone(turn: Turn) -> list[Message]:
    """Find what a file that came alone belongs to, and say so; AskBack when that is not clear."""
    said = read_reply(turn.inbox.text, turn.today).intents
    targets = tuple(
        target
        for each in said
        if isinstance(each, say.ShowItem | say.SendEvidence | say.ShowEvidence)
        for target in each.targets
    )
    asked = dialogue_of(turn.session, turn.chat.id or 0, turn.now)
    about = item(turn.session, asked.obligation_id) if asked and not targets else None
    if asked is None or about is None:
        return [place(turn, find_asked(turn, targets, PLACE))]
    turn.found.append(about)
    goes_on = guide.go_on(turn, asked, about) if asked.asks is Asks.PROOF else []
    return [place(turn, [about]), *goes_on]


def place(turn: Turn, found: Sequence[Item]) -> Message:
    """Files that came alone belong to these; what is said of it."""
    turn.places_files = True
    entries = turn.entries(found)
    closed = next((entry for entry in entries if not entry.is_owed), None)
    if closed is not None:
        raise DutyError(answers.closed(closed))
    return wording.received(entries)


def hear(turn: Turn) -> list[Message] | None:
    """A bare number that answers our question where waiting files belong."""
    if turn.file is not None or not NUMBERS_ONLY.fullmatch(turn.inbox.text.strip()) or not _asked_for(turn):
        return None
    said = read_reply(turn.inbox.text, turn.today).intents
    targets = tuple(target for each in said if isinstance(each, say.ShowItem) for target in each.targets)
    return [place(turn, find(turn, targets, PLACE))] if targets else None


def hear_papers(turn: Turn) -> list[Message] | None:
    """“3: đã nộp báo cáo, danh sách”: papers that the plan expects are ticked off; whether that was all is asked."""
    said = read_reply(turn.inbox.text, turn.today).intents
    words = typed(turn.inbox.text)
    is_plain = (
        HANDS_IN.search(words.said.lower()) and "?" not in words.plain and not could_take_it_back(words)
    )
    if len(said) != 1 or not isinstance(said[0], say.MaybeDone) or not is_plain:
        return None
    found = find(turn, said[0].targets, "xong {}")
    if not all(deliverables_named(words.said, each.duty.deliverables) for each in found):
        return None
    for each in found:
        turn.answer(each, Said.NOTE, text=words.said)
    return [wording.received(turn.entries(found))]


def pending(turn: Turn) -> Sequence[WaitingFile]:
    """What waits to be told where it belongs, by whoever speaks now."""
    return _asked_for(turn) or waiting_with(turn.session, turn.chat.id or 0, turn.inbox, LISTS_COUNT_FOR)


def finish(turn: Turn, messages: list[Message], *, is_recorded: bool) -> list[Message]:
    """File what came or waits, now that the words were carried out; what could not be placed goes on waiting."""
    found = list({each.id: each for each in turn.found}.values()) if is_recorded else []
    if is_recorded:
        turn.inbox.file = None  # a plan and a form are kept where they belong
        for line in _tick(turn, found):
            messages = wording.with_line(messages, line)
    waiting = _called_for(turn) if found else ()
    fallen = fallen_of_album(turn.session, turn.inbox, turn.now) if turn.inbox.edits_id is not None else ()
    files = list(
        dict.fromkeys([*map(_file_of, waiting), *map(_file_of, fallen), *([turn.file] if turn.file else [])])
    )
    if found and files:
        for row in waiting:
            row.placed_at = turn.now
        messages = _filed(turn, found, files, messages)
    elif turn.file is not None:
        let_wait(turn.session, turn.agency_id, turn.chat.id or 0, turn.file, turn.inbox)
        messages = wording.with_line(messages, wording.held_files([turn.file.name]))
    return _asking_for_proof(turn, found, messages)


def _called_for(turn: Turn) -> Sequence[WaitingFile]:
    """Waiting files go with what this message reports or places, not with what it only looks at.

    A message that brings a file of its own speaks of that one and its album.
    """
    first = album_before(turn.session, turn.inbox)
    if turn.file is not None:
        return waiting_with(turn.session, turn.chat.id or 0, first) if first else ()
    if turn.places_files:
        return pending(turn)
    return _asked_for(turn) if turn.answered else ()


def _file_of(row: WaitingFile | Evidence) -> Attached:
    return Attached(row.file_id, row.file_name)


def _filed(
    turn: Turn, found: Sequence[Item], files: Sequence[Attached], messages: list[Message]
) -> list[Message]:
    new: list[str] = []
    for each in found:
        fresh = [file for file in files if not is_evidence(turn.session, each.id, file.file_id)]
        if fresh:
            answer = _answer_with(turn, each)
            for file in fresh:
                add_evidence(turn.session, each.id, file, turn.heard, answer)
                turn.note("evidence", each, file=file.name)
            new += [file.name for file in fresh]
    old = [file.name for file in files if file.name not in new]
    if new:
        messages = wording.with_line(messages, wording.kept_files(list(dict.fromkeys(new))))
    return wording.with_line(messages, wording.had_before(old)) if old else messages


def _answer_with(turn: Turn, each: Item) -> Answer:
    """What the message said of it; a file alone says that something was added, in the caption's words."""
    answer = turn.answered.get(each.id) or turn.answer(each, Said.NOTE, text=_caption(turn))
    assert answer is not None
    turn.session.flush()
    return answer


def _caption(turn: Turn) -> str:
    """Words that are no order go along with the file."""
    said = read_reply(turn.inbox.text, turn.today).intents
    return turn.inbox.text.strip() if any(isinstance(each, say.Unclear) for each in said) else ""


def _tick(turn: Turn, found: Sequence[Item]) -> list[Line]:
    """The expected papers that were named as handed in; which are still missing."""
    told = []
    for each in found:
        answer = turn.answered.get(each.id)
        if answer is None or not each.duty.deliverables or not _hands_in(turn, answer):
            continue
        got = deliverables_named(turn.inbox.text, each.duty.deliverables)
        if got:
            answer.deliverables = list(got)
            turn.session.add(answer)
            turn.session.flush()
            told.append(deliverables_line(turn, each))
    return told


def deliverables_line(turn: Turn, each: Item) -> Line:
    """Which of the papers that a duty expects were handed in, and which are missing."""
    got = ticked(turn.session, each.id)
    papers = list(enumerate(each.duty.deliverables, start=1))
    return wording.handed_in(
        [paper for n, paper in papers if n in got], [paper for n, paper in papers if n not in got]
    )


def _hands_in(turn: Turn, answer: Answer) -> bool:
    return bool(turn.file or answer.documents or answer.links or HANDS_IN.search(turn.inbox.text.lower()))


def _asking_for_proof(turn: Turn, found: Sequence[Item], messages: list[Message]) -> list[Message]:
    """“Xong” of a duty that must be proved is recorded, and what proves it is asked for."""
    bare = [
        each
        for each in found
        if each.duty.needs_evidence
        and (answer := turn.answered.get(each.id)) is not None
        and answer.kind is Said.DONE
        and not has_proof(turn.session, each.id)
    ]
    if not bare or not messages:
        return messages
    entries = turn.entries(bare)
    first, *rest = wording.with_line(messages, wording.lacks_proof(entries))
    return [replace(first, choices=(wording.send_proof(entries[0]), *first.choices)), *rest]


def _asked_for(turn: Turn) -> Sequence[WaitingFile]:
    """The files of which our question speaks that this message answers: the one quoted, else the newest letter."""
    question = quoted_letter(turn) or fresh_reply(turn.session, turn.chat, turn.now)
    kind, _, rest = question.key.partition(":") if question is not None else ("", "", "")
    asked_at = turn.session.get(Inbox, int(rest.partition(":")[0])) if kind == "reply" else None
    if asked_at is None or asked_at.address != turn.chat.address or not _waits(turn, asked_at):
        return ()
    return waiting_with(turn.session, turn.chat.id or 0, asked_at)


def _waits(turn: Turn, incoming: Inbox) -> bool:
    query = select(WaitingFile.id).where(
        WaitingFile.inbox_id == incoming.id, col(WaitingFile.placed_at).is_(None)
    )
    return turn.session.exec(query).first() is not None
