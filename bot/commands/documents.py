"""“Word quý 2”, “excel”, “biểu đồ”, “minh chứng năm”: the documents of a window, sent into the chat that asked."""

from bot.asked_window import Asked, read_asked
from bot.commands.summary import count
from bot.turn import Turn
from data.errands import Errand, put_errand
from data.letters import newest_choice
from data.report_records import holds_evidence
from duties.errors import NotFound
from duties.intents import Document, DocumentWanted
from duties.message import Message
from duties.summary import Summary
from duties.wording import documents as wording
from duties.wording.summary import DOCUMENTS

# So many obligations are written at once; of more the chat is told that it takes a while.
AT_ONCE = 100


def send_document(turn: Turn, said: DocumentWanted) -> list[Message]:
    asked = read_asked(turn, said.words or _shown_last(turn, said.document))
    found = count(turn, asked)
    _refuse_nothing(turn, said.document, asked, found)
    errand = Errand(said.document, asked.window.key, asked.scope, asked.of)
    put_errand(turn.session, turn.chat, f"reply:{turn.inbox.id}:{said.document.value}", turn.now, errand)
    turn.note("document", document=said.document.value, window=asked.window.key, of=asked.of)
    takes_long = said.document is Document.EVIDENCE or found.obligations.total > AT_ONCE
    return [wording.being_written(said.document, asked.window, asked.of)] if takes_long else []


def _shown_last(turn: Turn, document: Document) -> str:
    """“Word” alone means the summary that this chat was shown last: its choices say it in full."""
    assert turn.chat.id is not None
    words = dict(zip(Document, (says for _, says in DOCUMENTS), strict=True))[document]
    return newest_choice(turn.session, turn.chat.id, turn.now, f"{words} ").removeprefix(f"{words} ")


def _refuse_nothing(turn: Turn, document: Document, asked: Asked, found: Summary) -> None:
    if found.is_empty:
        raise NotFound(wording.nothing_to_write(asked.window, asked.of))
    told_of = (*found.counted, *found.ongoing, *found.carried_over)
    if document is Document.EVIDENCE and not holds_evidence(turn.session, turn.agency_id, told_of):
        raise NotFound(wording.no_evidence(asked.window, asked.of))
