"""The page in the browser: the link that opens it, and the browsers that are let in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from duties.message import Choice, Line, Look, Message
from duties.rights import ChatRole
from duties.wording.dates import day
from duties.workdays import HANOI, day_of

NO_DOOR = (
    "Trang web chưa mở được từ máy khác (chưa đặt NHACVIEC_WEB_URL); xin tiếp tục nhắn việc ngay tại đây."
)
BESIDE = (
    "Trang này đi theo nơi trò chuyện ở {}; xin gửi mã mời, hoặc “ngừng nhận tin ở đây”, ngay tại nơi đó. "
    "Muốn rời trang, xin bấm “Ra”."
)
NAMES = {
    ChatRole.OFFICE: "Văn phòng (điều phối)",
    ChatRole.LEADER: "Lãnh đạo",
    ChatRole.ADMIN: "Quản trị",
    ChatRole.UNIT: "Đơn vị",
}
CHANNELS = {"telegram": "Telegram", "zalo": "Zalo"}
MOST_CHOICES = 6


@dataclass(frozen=True)
class Speaks:
    """For whom a browser speaks, and by which channel's chat it was let in."""

    role: ChatRole
    units: tuple[str, ...]
    channel: str

    @property
    def whom(self) -> str:
        called = ", ".join(self.units) or NAMES[self.role]
        return f"{called} (từ {CHANNELS[self.channel]})" if self.channel in CHANNELS else called


@dataclass(frozen=True)
class OpenBrowser:
    """A browser that is let in; `ends_at`: by then at the latest, or earlier when nobody uses it."""

    id: int
    name: str
    browser: str
    speaks: tuple[Speaks, ...]
    made_at: datetime
    seen_at: datetime
    ends_at: datetime

    @property
    def whom(self) -> str:
        return "; ".join(each.whom for each in self.speaks)


def channel_name(channel: str) -> str:
    return CHANNELS.get(channel, "trang web")


def link(address: str, whom: str, until: datetime) -> Message:
    """The one-time link, and what to be careful about."""
    return Message(
        (
            Line(f"Mở trang của {whom} trên trình duyệt:"),
            Line(address),
            Line(
                f"Liên kết dùng một lần, đến {_moment(until)}. Ai mở trước thì vào được; xin không chuyển cho người khác.",
                Look.QUIET,
            ),
        ),
        (Choice("Trình duyệt đang mở", "/phien"),),
    )


def sessions(found: Sequence[OpenBrowser]) -> Message:
    """Every browser by its number, the last used first."""
    if not found:
        return Message((Line("Không có trình duyệt nào đang mở. Gõ /web để lấy liên kết vào trang."),))
    lines = [Line(f"{len(found)} trình duyệt đang mở:", Look.TITLE)]
    lines += [Line(_told(each), Look.ITEM) for each in found]
    lines.append(Line("Đóng: “đóng phiên” kèm số, hoặc “đóng mọi phiên”.", Look.QUIET))
    choices = [Choice(f"Đóng phiên {each.id}", f"đóng phiên {each.id}") for each in found[:MOST_CHOICES]]
    return Message(tuple(lines), tuple(choices))


def _told(each: OpenBrowser) -> str:
    who = f"{each.name}, " if each.name else ""
    used = f"dùng lần cuối {_moment(each.seen_at)}, hết hạn {day(day_of(each.ends_at))}"
    return f"Phiên {each.id}: {who}{each.browser}; {each.whom}; {used}."


def closed(found: Sequence[OpenBrowser]) -> Message:
    """What was closed; opened again by a new link only."""
    if not found:
        return Message((Line("Không có phiên nào đang mở nên không phải đóng."),))
    which = "; ".join(f"{each.id} ({each.browser}, {each.whom})" for each in found)
    return Message((Line(f"Đã đóng phiên {which}. Muốn mở lại: gõ /web để lấy liên kết mới."),))


def no_such_session(number: int) -> str:
    return f"Không có phiên {number} đang mở trong phạm vi của nơi này. Gõ /phien để xem."


NOT_OTHERS = (
    "Chỉ Văn phòng và quản trị đóng được phiên của nơi khác. Đóng phiên của nơi này: “đóng mọi phiên”."
)


def _moment(moment: datetime) -> str:
    there = moment.astimezone(HANOI)
    return f"{there:%H:%M} ngày {day(there.date())}"
