"""What is stamped as a state secret is turned back, and nothing of it stays: a file, or words that were pasted."""

from bot.turn import Turn
from documents.reading import read_head
from duties.errors import SecretPaper, UnreadablePlan
from duties.message import Message
from duties.papers import Document, Paragraph
from duties.plan import Source
from duties.state_secret import refuse_secret
from duties.wording.help import one_line


def turn_back(turn: Turn) -> list[Message]:
    """What is said of a secret paper that came with this message, now wiped; nothing where none came."""
    try:
        refuse_secret(_pasted(turn.inbox.text))
        refuse_secret(_brought(turn))
    except SecretPaper as secret:
        return wipe(turn, secret)
    return []


def wipe(turn: Turn, secret: SecretPaper) -> list[Message]:
    """Nothing of the paper stays, not its name either."""
    turn.inbox.file, turn.inbox.file_name, turn.inbox.text = None, "", ""
    turn.note("secret_paper", refused=True)
    return [one_line(str(secret))]


def _pasted(text: str) -> Document:
    """A word alone is no paper."""
    lines = text.splitlines()
    return Document("", tuple(Paragraph(line, Source(row=1)) for line in lines if len(lines) > 1))


def _brought(turn: Turn) -> Document:
    try:
        return read_head(turn.inbox.file or b"", turn.inbox.file_name)
    except UnreadablePlan:
        return Document("", ())
