"""Which letters speak of which obligations, those that did not arrive among them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import delete
from sqlmodel import Session, col, select

from data.once import insert_all_once, slices
from data.tables import Chat, Letter, LetterSubject

SLICE = 500


def speaks_of(session: Session, letter: Letter, rungs: Mapping[int, str]) -> None:
    """Remember the obligations that a letter speaks of, each with the rung it tells ("" for none)."""
    rows = [
        {"agency_id": letter.agency_id, "letter_id": letter.id, "obligation_id": each, "rung": rung}
        for each, rung in rungs.items()
    ]
    insert_all_once(session, LetterSubject, rows)


def says_nothing_yet(session: Session, letter: Letter) -> None:
    """Forget what a letter was to speak of: it did not go, and gets other words."""
    session.execute(delete(LetterSubject).where(col(LetterSubject.letter_id) == letter.id))


@dataclass(frozen=True)
class Sent:
    """A letter about an obligation, on its way or not; the rows belong to the session that read them."""

    obligation_id: int
    rung: str
    letter: Letter
    chat: Chat


def letters_about(session: Session, obligation_ids: Collection[int]) -> Iterator[Sent]:
    """Every letter that speaks of one of these, oldest first."""
    for some in slices(sorted(obligation_ids), SLICE):
        query = (
            select(LetterSubject.obligation_id, LetterSubject.rung, Letter, Chat)
            .join(Letter, col(LetterSubject.letter_id) == Letter.id)
            .join(Chat, col(Letter.chat_id) == Chat.id)
            .where(col(LetterSubject.obligation_id).in_(some))
            .order_by(col(Letter.id))
        )
        for row in session.exec(query):
            yield Sent(*row)
