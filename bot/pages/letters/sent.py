"""What went out, drawn: filters in the address, fifty letters at a time, each to be opened in its place."""

from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from sqlmodel import Session, col, select

from bot.pages.asking import say_day
from bot.pages.desk import Desk
from bot.pages.html import Tag, button, write
from bot.pages.letters.sent_facts import Kind, Row, Sent, State, Wanted, sent, words_of
from bot.pages.query import day_said, number_said
from data.people import living_units
from data.tables import Chat, LetterState
from duties.message import Line
from duties.wording.letters import CHANNELS, became, channel_name
from duties.workdays import HANOI

A_MONTH = timedelta(days=30)
KINDS = {
    Kind.TOLD: "Tin nhắc và thông báo",
    Kind.REMINDERS: "Tin nhắc",
    Kind.NOTICES: "Thông báo",
    Kind.ANSWERS: "Trả lời người nhắn",
    Kind.ALL: "Tất cả",
}
STATES = {
    State.ANY: "Tất cả",
    State.SENT: "Đã gửi",
    State.FAILED: "Không gửi được",
    State.UNKNOWN: "Chưa rõ đã đến chưa",
    State.TWICE: "Có thể đến hai lần",
}
Choice = TypeVar("Choice", bound=StrEnum)
# the letters the reader opened, with their words: they stay open when the list is drawn anew
Opened = dict[int, tuple[Line, ...]]


async def draw_sent(desk: Desk) -> None:
    reader, wanted = desk.reader, wanted_of(desk)
    channels, units = await desk.read(_choices, reader.agency_id, reader.today)
    _draw_filter(wanted, channels, units)
    opened: Opened = {}
    await desk.live(
        lambda session: sent(session, reader.agency_id, wanted),
        lambda found: _draw_list(desk, wanted, found, opened),
    )


def wanted_of(desk: Desk) -> Wanted:
    """What the address asks for; whatever it says amiss counts as not said."""
    until = day_said(desk.query("den")) or desk.reader.today
    return Wanted(
        day_said(desk.query("tu")) or until - A_MONTH,
        until,
        desk.query("kenh") if desk.query("kenh") in CHANNELS else "",
        number_said(desk.query("don-vi")),
        _one_of(Kind, desk.query("loai")),
        _one_of(State, desk.query("tinh-trang")),
        desk.query("tim").strip()[:80],
        number_said(desk.query("sau")),
    )


def _one_of(kind: type[Choice], said: str) -> Choice:
    return kind(said) if said in set(kind) else kind("")


def _choices(session: Session, agency_id: int, today: date) -> tuple[dict[str, str], dict[str, str]]:
    """The channels of the agency's chats, and its units."""
    of_agency = select(Chat.channel).where(Chat.agency_id == agency_id).distinct()
    channels = {name: channel_name(name) for name in session.exec(of_agency.order_by(col(Chat.channel)))}
    units = {str(unit.id): unit.name for unit in living_units(session, agency_id, today)}
    return channels, dict(sorted(units.items(), key=lambda each: each[1]))


def _draw_filter(wanted: Wanted, channels: dict[str, str], units: dict[str, str]) -> None:
    with Tag("form", classes="panel letter-filter", method="get", action="/tin-nhac"):
        _draw_day("tu", "Từ ngày", wanted.since)
        _draw_day("den", "Đến ngày", wanted.until)
        _draw_select("don-vi", "Đơn vị", {"": "Mọi nơi nhận", **units}, str(wanted.unit_id or ""))
        _draw_select(
            "loai", "Loại tin", {each.value: words for each, words in KINDS.items()}, wanted.kind.value
        )
        _draw_select(
            "tinh-trang",
            "Tình trạng",
            {each.value: words for each, words in STATES.items()},
            wanted.state.value,
        )
        if len(channels) > 1:
            _draw_select("kenh", "Kênh", {"": "Mọi kênh", **channels}, wanted.channel)
        with Tag("div", classes="field"):
            _draw_input("tim", "Mã việc, lời trong tin", "search", wanted.words)
        Tag("button", "Xem", "button main", type="submit")


def _draw_input(name: str, label: str, kind: str, value: str) -> None:
    Tag("label", label, **{"for": f"loc-{name}"})
    Tag("input", classes="input", id=f"loc-{name}", name=name, type=kind, value=value)


def _draw_day(name: str, label: str, value: date) -> None:
    with Tag("div", classes="field"):
        _draw_input(name, label, "date", value.isoformat())
        say_day(f"loc-{name}", value)


def _draw_select(name: str, label: str, choices: dict[str, str], chosen: str) -> None:
    with Tag("div", classes="field"):
        Tag("label", label, **{"for": f"loc-{name}"})
        with Tag("select", classes="select", id=f"loc-{name}", name=name):
            for value, words in choices.items():
                Tag("option", words, value=value, selected=value == chosen)


def _draw_list(desk: Desk, wanted: Wanted, found: Sent, opened: Opened) -> None:
    with Tag("section", classes="panel", aria_label="Các tin"):
        if not found.rows:
            _draw_nothing(wanted)
            return
        with Tag("ul", classes="letters"):
            for row in found.rows:
                _draw_row(desk, row, opened)
        with Tag("nav", classes="row pages", aria_label="Trang của danh sách"):
            if wanted.before:
                Tag("a", "Về đầu danh sách", "button", href=_link(wanted, 0))
            if found.older:
                Tag("a", "Tin cũ hơn", "button", href=_link(wanted, found.older))


def _link(wanted: Wanted, after: int) -> str:
    asked = {
        "tu": wanted.since.isoformat(),
        "den": wanted.until.isoformat(),
        "kenh": wanted.channel,
        "don-vi": str(wanted.unit_id or ""),
        "loai": wanted.kind.value,
        "tinh-trang": wanted.state.value,
        "tim": wanted.words,
        "sau": str(after or ""),
    }
    return f"/tin-nhac?{urlencode({name: value for name, value in asked.items() if value})}"


def _draw_nothing(wanted: Wanted) -> None:
    with Tag("div", classes="nothing"):
        Tag(
            "strong",
            f"Không có tin nào từ {wanted.since:%d/%m/%Y} đến {wanted.until:%d/%m/%Y} khớp với lựa chọn",
        )
        Tag("span", "Chọn khoảng ngày rộng hơn hoặc bỏ bớt điều kiện. Tin sắp gửi ở mục “Sắp gửi”.")


def _draw_row(desk: Desk, row: Row, opened: Opened) -> None:
    at = row.at.astimezone(HANOI)
    is_lost = row.state in (LetterState.FAILED, LetterState.UNKNOWN)
    with Tag("li", classes="letter lost" if is_lost else "letter"):
        Tag("time", f"{at:%H:%M %d/%m/%Y}", "letter-time", datetime=at.isoformat(timespec="minutes"))
        with Tag("div", classes="letter-body"):
            with Tag("p", classes="letter-head"):
                Tag("span", row.to, "letter-to")
                Tag("span", f"{row.channel} · {row.topic}", "fine")
            Tag("p", row.about, "letter-line")
            if row.failure:
                Tag("p", f"Lý do: {row.failure}.", "letter-why")
            for words in (row.instead, row.advice):
                if words:
                    Tag("p", words, "letter-next")
            _draw_words(desk, row, opened)
        _draw_state(row, is_lost=is_lost)


def _draw_state(row: Row, *, is_lost: bool) -> None:
    hue = "overdue" if is_lost else "late" if row.maybe_twice else "on-time"
    Tag("span", became(row.state.value, maybe_twice=row.maybe_twice), f"state {hue}")


def _draw_words(desk: Desk, row: Row, opened: Opened) -> None:
    """The whole letter, read when it is wanted."""
    opener = button("Đọc tin", "plain open-letter")
    place = Tag("div", classes="bubble")

    def show() -> None:
        lines = opened.get(row.id)
        place.clear()
        place.show(lines is not None)
        draw_lines(place, lines or ())
        opener.set(aria_expanded="false" if lines is None else "true")
        opener.set_text("Đọc tin" if lines is None else "Gấp lại")

    async def turn() -> None:
        if opened.pop(row.id, None) is None:
            opened[row.id] = await desk.read(words_of, desk.reader.agency_id, row.id)
        if not place.is_deleted:
            show()

    show()
    opener.on("click", turn)


def draw_lines(place: Tag, lines: tuple[Line, ...]) -> None:
    """A letter's words as they went out."""
    with place:
        for line in lines:
            with Tag("p", classes=f"line {line.look.value}"):
                write(line.text)
