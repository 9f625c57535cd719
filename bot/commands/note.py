"""“1: 4 tin, 2 bài”: what is added to an obligation; it changes no state, and the question about it is answered."""

from bot.commands.report_done import kept
from bot.targets import find_asked
from bot.turn import AskBack, Turn
from data.obligations import Item
from data.questions import told_of
from duties.errors import DutyError
from duties.intents import Note
from duties.message import Message
from duties.progress import Said
from duties.summary import added_up
from duties.wording import answers, lists
from duties.wording.entries import counted, shortened


def add_note(turn: Turn, said: Note) -> list[Message]:
    """Record what was added, and say it back; counts for several at once are asked about."""
    again = as_said(said)
    found = find_asked(turn, said.targets, again)
    for each in found:
        if not turn.entry(each).is_owed:
            raise DutyError(answers.closed(turn.entry(each)))
    if len(found) > 1 and said.quantities:
        question = answers.whose_counts(turn.entries(found))
        raise AskBack(lists.which_one(turn.entries(found), turn.today, again, question))
    for each in found:
        record(turn, each, said)
    return [_confirmed(turn, found, said)]


def as_said(said: Note) -> str:
    """The words that would add it again, with {} for the code."""
    words = said.text or counted(said.quantities)
    papers = [paper for paper in said.documents if paper not in words]
    parts = ", ".join(part for part in (words, *papers, *said.links) if part)
    return f"ghi chú {{}}: {parts}"


def record(turn: Turn, item: Item, said: Note) -> None:
    turn.answer(
        item,
        Said.NOTE,
        text=said.text,
        links=said.links,
        documents=said.documents,
        quantities=dict(said.quantities),
    )


def _confirmed(turn: Turn, found: list[Item], said: Note) -> Message:
    in_words = f"“{shortened(said.text, 200)}”" if said.text else ""
    proof = kept(said)
    added = f"{in_words} — {proof}" if in_words and proof else in_words or proof
    return answers.noted(turn.entries(found), added, _in_all(turn, found, said), on_behalf=not turn.is_unit)


def _in_all(turn: Turn, found: list[Item], said: Note) -> str:
    """All that was counted of it, when it was not counted for the first time."""
    if not said.quantities:
        return ""
    counts = [each.quantities for each in told_of(turn.session, found[0].id) if each.quantities]
    return counted(added_up(counts)) if len(counts) > 1 else ""
