"""The chat: what was said here, and the box to say more."""

from nicegui import ui

from bot.pages.desk import Desk
from bot.pages.reader import Reader
from bot.pages.shell import Page
from bot.pages.talk import OFFICE_CHIPS, UNIT_CHIPS, Talk, Voice
from data.tables import ChatRole
from duties.rights import Action

POLL_SECONDS = 1.0


async def draw(desk: Desk) -> None:
    talk = Talk(desk.reader.world, voice_of(desk.reader), "only", desk.check)
    await talk.draw()
    ui.timer(POLL_SECONDS, talk.refresh)


def voice_of(reader: Reader) -> Voice:
    """In whose name the reader of a page speaks."""
    is_unit = reader.role is ChatRole.UNIT
    empty = (
        "Tin nhắc sẽ đến đây khi gần hạn. Gõ /viec để xem các việc của đơn vị, /trogiup để xem cách trả lời."
        if is_unit
        else "Gửi tệp kế hoạch đã ký vào đây để bắt đầu, hoặc gõ /trogiup để xem các lệnh."
    )
    chips = UNIT_CHIPS if is_unit else OFFICE_CHIPS
    room = reader.room
    return Voice(reader.chat_id, reader.place, room.whom, room.agency, chips, empty, reader.name)


PAGE = Page(
    "/tro-chuyen", "Trò chuyện", frozenset({Action.TALK}), draw, menu="Trò chuyện", icon="chat", is_full=True
)
