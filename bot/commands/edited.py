"""A message whose words its sender changed: it is heard anew, and what it recorded before is taken back first."""

from bot.commands.undo import Perform, take_back
from bot.turn import Turn
from data.changes import recorded_by
from data.tables import Inbox
from duties.errors import DutyError
from duties.message import Message
from duties.replies import is_understood
from duties.wording import undo as wording


def is_unchanged(turn: Turn) -> bool:
    """Platforms tell of an edit when only a preview was added."""
    before = _before(turn, turn.inbox)
    return before is not None and before.text == turn.inbox.text


def hear_edit(turn: Turn, perform: Perform) -> list[Message]:
    """Take back what the message said before it was changed; DutyError where that must stand, and then all of it does."""
    meant = _recording(turn)
    if meant is None:
        return []
    if not is_understood(turn.inbox.text, turn.today):
        raise DutyError(wording.EDIT_UNCLEAR)
    try:
        return wording.edited(take_back(turn, meant, perform))
    except DutyError as stands:
        raise DutyError(wording.edit_too_late(str(stands))) from None


def _before(turn: Turn, inbox: Inbox) -> Inbox | None:
    return turn.session.get(Inbox, inbox.edits_id) if inbox.edits_id else None


def _recording(turn: Turn) -> Inbox | None:
    """The newest earlier wording that recorded something still in force."""
    version = _before(turn, turn.inbox)
    while version is not None and recorded_by(turn.session, version.id or 0).is_empty:
        version = _before(turn, version)
    return version
