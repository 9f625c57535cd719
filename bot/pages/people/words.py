"""What the pages of the units call things, and how they write a name into words that are said."""

from datetime import date

from bot.pages.people.chats import ChatSeen
from bot.pages.people.facts import Changed, UnitSeen
from data.tables import ChatRole
from duties.plan import UnitKind
from duties.wording.dates import day
from duties.wording.unit_changes import what

KINDS = {
    UnitKind.DEPARTMENT: "Phòng, đơn vị chuyên môn",
    UnitKind.AFFILIATE: "Đơn vị trực thuộc",
    UnitKind.UNION: "Đoàn thể",
    UnitKind.BOARD: "Ban",
    UnitKind.OUTSIDE: "Ngoài cơ quan",
}
ROLES = {
    ChatRole.OFFICE: ("Văn phòng (điều phối)", "Văn phòng điều phối"),
    ChatRole.LEADER: ("Lãnh đạo", "Lãnh đạo"),
    ChatRole.ADMIN: ("Quản trị", "Quản trị"),
}


def quoted(name: str) -> str:
    """As a name is said, so that no word in it is read as part of the order."""
    plain = " ".join(name.split())
    return f"“{plain.replace('“', '').replace('”', '').strip()}”"


def day_said(iso: str) -> str:
    """“01/12/2026” of a date field's “2026-12-01”; what is no date is handed on to be asked about."""
    try:
        return day(date.fromisoformat(iso))
    except ValueError:
        return iso


def lives(unit: UnitSeen) -> str:
    """From when to when, where it did not always live."""
    since = f"từ {day(unit.since)}" if unit.since else ""
    ended = f"đến hết {day(unit.ended)}" if unit.ended and unit.ended != date.max else ""
    return " ".join(part for part in (since, ended) if part)


def about_chat(chat: ChatSeen) -> str:
    """When we last heard from it and it from us."""
    heard = f"nhận lời gần nhất {day(chat.heard_on)}" if chat.heard_on else "chưa nhắn gì"
    told = f"gửi tin gần nhất {day(chat.told_on)}" if chat.told_on else "chưa gửi tin nào"
    return f"Liên kết {day(chat.linked_on)}; {heard}; {told}."


def heard_in_short(chat: ChatSeen) -> str:
    return f"Nhắn gần nhất {day(chat.heard_on)}" if chat.heard_on else "Chưa nhắn gì"


def trouble_of(chat: ChatSeen) -> str:
    """Why letters do not arrive there; "" when they do."""
    if chat.lost_on is not None:
        return (
            f"Mất liên lạc từ {day(chat.lost_on)}: bị chặn hoặc đã rời nhóm. Tự nối lại khi nơi nhận mở lại."
        )
    return f"Không gửi được tin từ {day(chat.failing_since)}." if chat.failing_since else ""


def change_in_words(change: Changed) -> str:
    return f"Từ {day(change.on)}: {what(change.kind, change.units, change.names)}"
