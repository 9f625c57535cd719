"""Guided questions in the database: at most one dialogue a chat, about one obligation."""

from datetime import datetime

from sqlmodel import Session, select

from data.tables import Dialogue
from duties.dialogue import GOES_STALE, Asks


def dialogue_of(session: Session, chat_id: int, now: datetime) -> Dialogue | None:
    """What this chat is being asked; one that waited too long is forgotten."""
    found = session.exec(select(Dialogue).where(Dialogue.chat_id == chat_id)).one_or_none()
    if found is not None and now - found.asked_at > GOES_STALE:
        end_dialogue(session, found)
        return None
    return found


def begin_dialogue(session: Session, chat_id: int, obligation_id: int, now: datetime) -> Dialogue:
    """Ask about this obligation from the first question on; what was being asked before is dropped."""
    before = dialogue_of(session, chat_id, now)
    if before is not None:
        end_dialogue(session, before)
    begun = Dialogue(chat_id=chat_id, obligation_id=obligation_id, asks=next(iter(Asks)), asked_at=now)
    session.add(begun)
    session.flush()
    return begun


def ask_next(session: Session, dialogue: Dialogue, now: datetime) -> Asks | None:
    """Go on to the next question; None when that was the last one."""
    coming = dialogue.asks.next
    if coming is None:
        end_dialogue(session, dialogue)
        return None
    dialogue.asks, dialogue.asked_at = coming, now
    session.add(dialogue)
    session.flush()
    return coming


def end_dialogue(session: Session, dialogue: Dialogue) -> None:
    session.delete(dialogue)
    session.flush()
