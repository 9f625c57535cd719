"""Errands: documents that were asked for and are still to be written; each is a letter that waits for its file."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy import update
from sqlmodel import Session, col, or_, select

from data.letters import as_body, put_letter
from data.tables import Chat, Letter, LetterKind, LetterState
from duties.facts import WHOLE, Scope
from duties.intents import Document
from duties.message import Attached, Line, Message

LEASE = timedelta(minutes=10)
WRITES = "writes"


@dataclass(frozen=True)
class Errand:
    """What is to be written: a window of an agency, or a part of it that `of` names."""

    document: Document
    window: str
    scope: Scope = WHOLE
    of: str = ""


ERRAND = TypeAdapter(Errand)


def put_errand(session: Session, chat: Chat, key: str, now: datetime, errand: Errand) -> int | None:
    """Ask for a document once; the letter that will carry it does not go before it has it."""
    letter_id = put_letter(session, chat, key, LetterKind.REPLY, now, Message((Line(""),)))
    if letter_id is not None:
        letter = session.exec(select(Letter).where(Letter.id == letter_id)).one()
        letter.state = LetterState.DRAFTED
        letter.body = {WRITES: ERRAND.dump_python(errand, mode="json", exclude_defaults=True)}
        session.add(letter)
        session.flush()
    return letter_id


def take_errand(session: Session, now: datetime) -> tuple[Letter, Errand] | None:
    """The oldest errand that nobody is at; one whose worker died is taken up again when its lease ran out."""
    free = (
        col(Letter.state) == LetterState.DRAFTED,
        or_(col(Letter.lease_until).is_(None), col(Letter.lease_until) < now),
    )
    query = select(Letter).where(*free).order_by(col(Letter.id)).limit(1)
    letter = session.exec(query.with_for_update(skip_locked=True)).first()
    if letter is None:
        return None
    taken = update(Letter).where(col(Letter.id) == letter.id, *free).values(lease_until=now + LEASE)
    if session.execute(taken.returning(col(Letter.id))).scalar_one_or_none() is None:
        return None
    return letter, ERRAND.validate_python(letter.body[WRITES])


def errand_done(
    session: Session, letter_id: int, now: datetime, message: Message, file: Attached | None = None
) -> None:
    """The letter has its words and its document, and may go."""
    letter = session.exec(select(Letter).where(Letter.id == letter_id)).one()
    if letter.state is not LetterState.DRAFTED:  # another worker was quicker
        return
    letter.body = as_body(message)
    letter.state, letter.lease_until, letter.next_try_at = LetterState.WAITING, None, now
    if file is not None:
        letter.file_id, letter.file_name = file.file_id, file.name
    session.add(letter)
    session.flush()
