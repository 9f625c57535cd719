"""“Báo cáo 2”: the unit is asked one thing after the other; each answer is recorded as if it had been said by itself."""

from collections.abc import Callable, Collection
from dataclasses import replace

from bot.commands.in_progress import report_in_progress
from bot.commands.note import add_note
from bot.commands.report_done import report_done
from bot.commands.state_obstacle import state_obstacle
from bot.targets import find
from bot.turn import AskBack, Turn
from data.dialogues import ask_next, begin_dialogue, dialogue_of, end_dialogue
from data.obligations import Item, item
from data.tables import Dialogue
from duties import intents as say
from duties.dialogue import Asks
from duties.errors import DutyError
from duties.message import Message
from duties.replies import denies, read_reply
from duties.rights import Action, may
from duties.wording import answers, lists
from duties.wording import dialogue as wording
from duties.wording.help import one_line

Answered = list[Message] | None
ASKED = "Xin báo cáo từng việc một. Việc nào trước:"


def start(turn: Turn, said: say.Report) -> list[Message]:
    """Ask the first question; of several things it is asked which."""
    if not turn.is_unit and not said.targets:
        raise DutyError(wording.FOR_THE_OFFICE)
    found = find(turn, said.targets, "báo cáo {}")
    if len(found) > 1:
        raise AskBack(lists.which_one(turn.entries(found), turn.today, "báo cáo {}", ASKED))
    entry = turn.entry(found[0])
    if not entry.is_owed:
        raise DutyError(answers.closed(entry))
    begun = begin_dialogue(turn.session, turn.chat.id or 0, found[0].id, turn.now)
    return [wording.question(begun.asks, entry)]


def not_asked(_turn: Turn, said: say.Skip | say.Stop) -> list[Message]:
    """“Thôi” when nothing was asked needs no answer."""
    return [one_line(wording.NOTHING_ASKED)] if isinstance(said, say.Skip) else []


def hear(turn: Turn) -> Answered:
    """What the message answers to the question that waits; None when none does, or it speaks of something else."""
    waits = dialogue_of(turn.session, turn.chat.id or 0, turn.now)
    about = item(turn.session, waits.obligation_id) if waits else None
    if waits is None or about is None or not may(turn.chat.role.value, Action.REPORT):
        return None
    match _of_it(turn, about):
        case say.Skip():
            return go_on(turn, waits, about)
        case say.Stop():
            end_dialogue(turn.session, waits)
            return [wording.stopped(turn.entry(about))]
        case None:
            return None
        case said:
            return _answered(turn, waits, about, said)


def _of_it(turn: Turn, about: Item) -> say.Intent | None:
    """The one thing the message says, if it names no other obligation and is no order."""
    read = read_reply(turn.inbox.text, turn.today).intents
    own = (say.ShortCode(about.obligation.short_code),)
    if len(read) > 1:
        return None
    match read[0]:
        case (
            say.Done()
            | say.InProgress()
            | say.Note()
            | say.Obstacle()
            | say.NotYet()
            | say.MaybeDone() as said
        ):
            return said if said.targets in ((), own) else None
        case say.Unclear(say.Doubtful.NOTHING) | say.Unclear(say.Doubtful.WHICH_MEANS_WHAT) as unclear:
            return unclear
        case say.Skip() | say.Stop() | say.ShowItem() | say.Chatter() as other:
            return other
        case _:
            return None


def _answered(turn: Turn, waits: Dialogue, about: Item, said: say.Intent) -> list[Message]:
    recorded = ANSWERS[waits.asks](turn, about, said)
    if recorded is None:
        return [wording.asked_again(waits.asks, turn.entry(about))]
    return [*recorded, *go_on(turn, waits, about, _told_already(turn, about))]


def _told_already(turn: Turn, about: Item) -> set[Asks]:
    """The later questions that this answer answers too."""
    note = _as_note(turn, about)
    counts = {Asks.COUNTS} if note and note.quantities else set()
    return counts | ({Asks.PROOF} if note and (note.links or note.documents) else set())


def go_on(turn: Turn, waits: Dialogue, about: Item, told: Collection[Asks] = ()) -> list[Message]:
    """The next question that was not answered already."""
    coming = ask_next(turn.session, waits, turn.now)
    while coming in told:
        coming = ask_next(turn.session, waits, turn.now)
    entry = turn.entry(about)
    return [wording.question(coming, entry) if coming else wording.ended(entry)]


def _result(turn: Turn, about: Item, said: say.Intent) -> Answered:
    """Done or in progress when it says so plainly; any other words are kept as words."""
    own = (say.ShortCode(about.obligation.short_code),)
    match said:
        case say.Done():
            return report_done(turn, replace(said, targets=own))
        case say.InProgress():
            return report_in_progress(turn, replace(said, targets=own))
        case say.Obstacle() if said.text or said.is_over:
            return state_obstacle(turn, replace(said, targets=own))
        case say.ShowItem() | say.Chatter() | say.Obstacle():
            return None
        case _:
            return _added(turn, about)


def _counts(turn: Turn, about: Item, said: say.Intent) -> Answered:
    if denies(turn.inbox.text):
        return []
    return None if isinstance(said, say.ShowItem | say.Chatter) else _added(turn, about)


def _proof(turn: Turn, about: Item, said: say.Intent) -> Answered:
    """Only what can be looked up is proof."""
    if denies(turn.inbox.text):
        return []
    note = _as_note(turn, about)
    return add_note(turn, note) if note and (note.links or note.documents) else None


def _obstacle(turn: Turn, about: Item, said: say.Intent) -> Answered:
    own = (say.ShortCode(about.obligation.short_code),)
    if denies(turn.inbox.text):
        return []
    match said:
        case say.Obstacle(text=text) if text:
            return state_obstacle(turn, replace(said, targets=own))
        case say.ShowItem() | say.Chatter() | say.Done() | say.InProgress() | say.Obstacle():
            return None
        case _:
            note = _as_note(turn, about)
            return state_obstacle(turn, say.Obstacle(own, note.text)) if note and note.text else None


ANSWERS: dict[Asks, Callable[[Turn, Item, say.Intent], Answered]] = {
    Asks.RESULT: _result,
    Asks.COUNTS: _counts,
    Asks.PROOF: _proof,
    Asks.OBSTACLE: _obstacle,
}


def _added(turn: Turn, about: Item) -> Answered:
    note = _as_note(turn, about)
    return add_note(turn, note) if note else None


def _as_note(turn: Turn, about: Item) -> say.Note | None:
    """The words as what they are: an answer to our question, added to what we asked about."""
    read = read_reply(f"ghi chú #{about.obligation.short_code}: {turn.inbox.text}", turn.today).intents
    return read[0] if len(read) == 1 and isinstance(read[0], say.Note) else None
