"""The office hears at once of units that owe something and have no chat: one notice for all of them, and once."""

from datetime import datetime

from sqlmodel import Session

from data.letters import put_letter
from data.obligations import Office
from data.people import chats_of_role
from data.tables import Chat, ChatRole, LetterKind
from data.unreached import forget_reached, mark_unreached, newly_unreached
from duties.nudging import opening
from duties.wording.reach import unreached


def tell_of_unreached(
    session: Session, agency_id: int, office: Office, now: datetime, *, speaking: Chat | None = None
) -> None:
    """A notice to the office's chats but the one that is `speaking`, which reads it in the answer it gets."""
    forget_reached(session, agency_id)
    new = newly_unreached(session, agency_id)
    chats = chats_of_role(session, agency_id, ChatRole.OFFICE) if new else ()
    if not chats:
        return  # it is told when somebody is there to be told
    mark_unreached(session, [unit for unit, _ in new], now)
    message = unreached([(unit.name, owed) for unit, owed in new])
    key = f"notice:unreached:{new[0][0].id}:{now:%Y%m%dT%H%M%S}"
    opens = opening(now, office.policy, office.calendar)
    for chat in chats:
        if speaking is None or chat.id != speaking.id:
            put_letter(session, chat, key, LetterKind.NOTICE, now, message, not_before=opens)
