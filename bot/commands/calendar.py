"""`/lich`: the due dates as a file for the telephone, and as a private address that stays up to date."""

from bot.agenda import agenda_of
from bot.turn import Turn
from data.access_links import address_of, has_pages, make_link, newest_link, withdraw_links
from data.files import keep_own
from data.tables import LinkPurpose
from documents.ics import MEDIA_TYPE
from duties.errors import DutyError
from duties.message import Message
from duties.wording import agenda as wording

FILE_NAME = "lich-cchc.ics"


def give_calendar(turn: Turn) -> list[Message]:
    """The file as it is today; the address is told once, when it is made."""
    content, count = agenda_of(turn.session, turn.chat, turn.now)
    file = keep_own(turn.session, turn.files, turn.agency_id, FILE_NAME, content, MEDIA_TYPE, turn.now)
    given = newest_link(turn.session, turn.chat.id or 0, LinkPurpose.CALENDAR, turn.now)
    address = "" if given or not has_pages(turn.agency) else _address(turn)
    return [wording.calendar_file(count, address, given.made_at if given else None, file)]


def change_address(turn: Turn) -> list[Message]:
    """A new address; the old one opens nothing any more."""
    if not has_pages(turn.agency):
        raise DutyError(wording.NO_PAGES)
    withdraw_links(turn.session, turn.chat.id or 0, LinkPurpose.CALENDAR, turn.now)
    return [wording.new_address(_address(turn))]


def withdraw_calendar(turn: Turn) -> list[Message]:
    turn.note("withdraw_calendar")
    count = withdraw_links(turn.session, turn.chat.id or 0, LinkPurpose.CALENDAR, turn.now)
    return [wording.withdrawn(count)]


def _address(turn: Turn) -> str:
    turn.note("calendar_address")
    token = make_link(turn.session, turn.chat, LinkPurpose.CALENDAR, turn.now, None)
    return address_of(turn.agency, LinkPurpose.CALENDAR, token)
