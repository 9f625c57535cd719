"""Inviting: codes with their links and QR codes, shown this once and printed one to a page."""

import asyncio
from collections.abc import Sequence
from datetime import date

from bot.pages.desk import Desk
from bot.pages.html import Tag, bring, button
from bot.pages.people.facts import Doors, doors
from bot.pages.people.qr import draw_qr
from data.people import INVITATION_LIFE
from duties.wording.dates import day
from duties.wording.people import Invited, invited_in
from duties.workdays import day_of

ONLY_HERE = (
    "Địa chỉ trang web hiện chỉ mở được trên chính máy chủ. Để điện thoại các đơn vị mở được, đề nghị quản trị đặt "
    "NHACVIEC_WEB_URL (xem hướng dẫn cài đặt)."
)
ONLY_TRIED = "Bản dùng thử chỉ mở trên máy này: bấm vào địa chỉ dưới đây để thử vào thay đơn vị được mời."


class Invitations:
    """`draw` once; `invite` shows what was made in its place until it is closed or the next is made."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._place: Tag | None = None
        self._inviting = asyncio.Lock()

    def draw(self) -> None:
        self._place = Tag("section", classes="invited gone", aria_label="Giấy mời vừa lập", tabindex="-1")

    async def invite(self, whom: str = "") -> None:
        """A code for the unit or the role; without a name for each unit that nobody reaches. A double click is one wish."""
        if self._inviting.locked():
            return
        async with self._inviting:
            await self._invite(whom)

    async def _invite(self, whom: str) -> None:
        said = await self._desk.ask_quietly(f"/moi {whom}".strip())
        invited = [each for message in said.answers for each in invited_in(message)]
        if not invited:
            self._desk.told.show(said.answers)
            return
        ways = await self._desk.read(doors, self._desk.reader.agency_id)
        self._show(invited, ways, day_of(self._desk.reader.now + INVITATION_LIFE))

    def _show(self, invited: Sequence[Invited], ways: Doors, until: date) -> None:
        if self._place is None:
            return
        self._place.clear()
        self._place.show(True)
        with self._place:
            with Tag("div", classes="invited-head"):
                Tag("h2", _how_many(invited))
                Tag(
                    "p",
                    "Mã chỉ hiện lần này: xin in, chụp hoặc sao chép ngay. Mất mã thì thu hồi và mời lại.",
                    "fine",
                )
                if ways.web and not ways.is_for_all:
                    Tag("p", ONLY_HERE if self._desk.readers.has_door else ONLY_TRIED, "fine")
                with Tag("div", classes="row"):
                    printing = "In giấy mời" if len(invited) == 1 else f"In {len(invited)} giấy mời"
                    button(printing, "main").on("click", js_handler="() => window.print()")
                    button("Đóng").on("click", self._close)
            for each in invited:
                _draw_one(each, ways, until)
        bring(self._place)

    def _close(self) -> None:
        if self._place is not None:
            self._place.clear()
            self._place.show(False)


def _how_many(invited: Sequence[Invited]) -> str:
    return f"Giấy mời {invited[0].name}" if len(invited) == 1 else f"{len(invited)} giấy mời"


def _draw_one(invited: Invited, ways: Doors, until: date) -> None:
    with Tag("article", classes="invitation"):
        Tag("p", ways.agency, "issuer")
        Tag("p", "GIẤY MỜI NHẬN NHẮC VIỆC CẢI CÁCH HÀNH CHÍNH", "what")
        Tag("h3", f"Kính gửi: {invited.name}")
        Tag("p", _request(ways), "request")
        with Tag("div", classes="ways"):
            _draw_ways(invited, ways)
        with Tag("p", classes="code-line"):
            Tag("span", "Mã mời: ")
            Tag("strong", _in_fours(invited.code), "code")
            copy_button(invited.code, f"mã mời của {invited.name}")
        Tag(
            "p",
            f"Mã dùng một lần, đến hết ngày {day(until)}, chỉ dành cho {invited.name}. "
            "Mã hết hạn hoặc báo sai, đề nghị liên hệ Văn phòng để lấy mã mới.",
            "fine",
        )


def _request(ways: Doors) -> str:
    count = bool(ways.telegram) + bool(ways.zalo) + bool(ways.web)
    how = "theo một trong các cách sau" if count > 1 else "theo cách sau"
    return f"Đề nghị đơn vị liên kết nơi nhận tin nhắc hạn và gửi kết quả {how}:"


def _draw_ways(invited: Invited, ways: Doors) -> None:
    if ways.telegram:
        link = ways.telegram + invited.code
        _draw_way(
            "Telegram",
            "Quét mã này bằng điện thoại có Telegram, rồi bấm “Bắt đầu” (Start).",
            link,
            invited.name,
        )
    if ways.web:
        link = ways.web + invited.code
        _draw_way(
            "Trang web", "Không cần tài khoản: quét mã này hoặc mở địa chỉ bên dưới.", link, invited.name
        )
    if ways.zalo:
        bots = " hoặc ".join(f"“{name}”" for name in ways.zalo)
        with Tag("section", classes="way"):
            Tag("h4", "Zalo")
            Tag("p", f"Trong Zalo, tìm {bots}, rồi gửi mã mời dưới đây vào cuộc trò chuyện.")
    if not (ways.telegram or ways.web or ways.zalo):
        with Tag("section", classes="way"):
            Tag("h4", "Trong cuộc trò chuyện")
            Tag("p", f"Gửi cho bot của cơ quan dòng: /dangky {invited.code}")


def _draw_way(name: str, how: str, link: str, whom: str) -> None:
    with Tag("section", classes="way"):
        Tag("h4", name)
        draw_qr(link, f"Mã QR mở {name} để liên kết {whom}")
        Tag("p", how)
        with Tag("p", classes="link"):
            Tag("a", link, href=link, target="_blank", rel="noopener noreferrer")
            copy_button(link, f"địa chỉ {name} của {whom}")


def copy_button(words: str, what: str) -> None:
    """Puts words on the clipboard, and says so."""
    made = Tag(
        "button",
        "",
        "button copy",
        type="button",
        data_words=words,
        data_copied="",
        aria_label=f"Sao chép {what}",
    )
    with made:
        Tag("span", "Sao chép", "before")
        Tag("span", "Đã sao chép", "after", role="status")
    made.on("click", js_handler="(event) => nv.copy(event.currentTarget)")


def _in_fours(code: str) -> str:
    """“ABCD 2345” is read out and typed with fewer mistakes."""
    return f"{code[:4]} {code[4:]}"
