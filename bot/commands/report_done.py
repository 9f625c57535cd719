"""`/xong`: an obligation is done, with what proves it."""

from dataclasses import replace

from bot.targets import find
from bot.turn import Turn
from data.obligations import Item
from data.questions import told_of
from duties.intents import Done, MaybeDone, Note, NotYet
from duties.message import Message
from duties.progress import Said
from duties.wording import answers
from duties.wording.entries import counted


def report_done(turn: Turn, said: Done) -> list[Message]:
    """Record what is newly done; what was done before only takes what is added to it."""
    found = find(turn, said.targets, "xong {}")
    # amounts of one message for several things belong to none of them in particular: they stay in the words
    amounts = counted(said.quantities) if len(found) > 1 else ""
    sure = replace(said, quantities=()) if amounts else said
    before = [each for each in found if each.obligation.done_at is not None]
    newly = [each for each in found if each.obligation.done_at is None]
    for each in newly:
        _record(turn, each, Said.DONE, sure)
    messages = [_already(turn, each, sure) for each in before]
    if newly:
        messages.insert(0, _recorded(turn, newly, sure))
    if amounts:
        lines = (*messages[0].lines, answers.not_counted(turn.entries(found), amounts))
        messages[0] = replace(messages[0], lines=lines)
    return messages


def _record(turn: Turn, item: Item, kind: Said, said: Done) -> None:
    claimed_on = said.claimed_on if said.claimed_on and said.claimed_on < turn.today else None
    turn.answer(
        item,
        kind,
        text=said.note,
        claimed_on=claimed_on if kind is Said.DONE else None,
        links=said.links,
        documents=said.documents,
        quantities=dict(said.quantities),
    )


def _already(turn: Turn, item: Item, said: Done) -> Message:
    entry = turn.entry(item)
    if said.quantities and dict(said.quantities) in [
        each.quantities for each in told_of(turn.session, item.id)
    ]:  # said again, not once more
        said = replace(said, quantities=(), note="")
    if said.note or said.links or said.documents or said.quantities:
        _record(turn, item, Said.NOTE, said)
    return answers.already_done(entry, added=kept(said))


def _recorded(turn: Turn, newly: list[Item], said: Done) -> Message:
    entries = turn.entries(newly)
    if said.claimed_on and said.claimed_on < turn.today:
        return answers.claimed_earlier(entries, turn.today, said.claimed_on)
    return answers.done(entries, turn.today, kept(said), on_behalf=not turn.is_unit)


def kept(said: Done | Note) -> str:
    """“4 tin, 2 bài, 1 liên kết”: what came with it."""
    amounts = [counted(said.quantities)] if said.quantities else []
    links = [f"{len(said.links)} liên kết"] if said.links else []
    return ", ".join([*amounts, *links, *said.documents])


def ask_whether_done(turn: Turn, said: MaybeDone) -> list[Message]:
    return [answers.ask_whether_done(turn.entries(find(turn, said.targets, "xong {}")))]


def not_yet(turn: Turn, said: NotYet) -> list[Message]:
    """Nothing to record; what was recorded as done is said to be so."""
    found = find(turn, said.targets, "{} chưa xong")
    still_open = [each for each in found if each.obligation.done_at is None]
    if not still_open:
        return [answers.recorded_as_done(turn.entries(found))]
    return [answers.not_yet(turn.entries(still_open))]
