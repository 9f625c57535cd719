"""What the office sends by itself: a reminder now, to all or to one unit; an announcement, looked at before it goes."""

from collections.abc import Mapping
from typing import Any

from bot.pages.asking import GATHER
from bot.pages.desk import Desk
from bot.pages.html import Tag, button
from bot.pages.letters.post_facts import Announced, Reached, Sending, sending
from duties.rights import Action
from duties.wording.dates import moment

LONGEST = 3000


async def draw_by_hand(desk: Desk) -> None:
    reader = desk.reader
    with Tag("div", classes="by-hand"):
        await desk.live(
            lambda session: _units(sending(session, reader.agency_id, reader.chat_id, reader.now)),
            lambda units: _draw_nudge(desk, units),
        )
        with Tag("section", classes="panel", aria_label="Thông báo chung"):
            Tag("h2", "Thông báo chung")
            _draw_box(desk)
            await desk.live(
                lambda session: sending(session, reader.agency_id, reader.chat_id, reader.now),
                lambda found: _draw_announcement(desk, found),
            )


def _units(found: Sending) -> tuple[str, ...]:
    return tuple(sorted(each.unit for each in found.reached))


def _draw_nudge(desk: Desk, units: tuple[str, ...]) -> None:
    with Tag("section", classes="panel", aria_label="Nhắc ngay"):
        Tag("h2", "Nhắc ngay")
        Tag("p", "Ngoài các tin tự động; việc đã nhắc trong cùng buổi thì không nhắc hai lần.", "fine")
        with Tag("form", classes="nudge-now") as form:
            with Tag("div", classes="field"):
                Tag("label", "Nhắc đơn vị", **{"for": "nhac-don-vi"})
                with Tag("select", classes="select", id="nhac-don-vi", name="don-vi"):
                    Tag("option", "Mọi đơn vị có việc quá hạn hoặc đến hạn trong 14 ngày", value="")
                    for name in units:
                        Tag("option", f"{name}: mọi việc còn mở", value=name)
            Tag("button", "Nhắc ngay", "button main", type="submit")
        form.on(
            "submit", lambda event: _nudge(desk, event.args, units), js_handler=GATHER,
            throttle=2, trailing_events=False,
        )  # fmt: skip


async def _nudge(desk: Desk, said: Mapping[str, Any], units: tuple[str, ...]) -> None:
    unit = str(said.get("don-vi", ""))
    await desk.say(f"nhắc {unit}" if unit in units else "nhắc tất cả")


def _draw_box(desk: Desk) -> None:
    """Outside of what is redrawn: nobody loses what they are typing."""
    with Tag("form", classes="announce") as form:
        with Tag("div", classes="field"):
            Tag("label", "Nội dung gửi tới mọi đơn vị", **{"for": "noi-dung-tin"})
            Tag(
                "textarea", "", "input", id="noi-dung-tin", name="noi-dung", maxlength=str(LONGEST), rows="4", required=True,
                placeholder="Ví dụ: 14 giờ ngày 20/6 họp giao ban cải cách hành chính tại phòng họp số 2.",
            )  # fmt: skip
        Tag("button", "Xem trước", "button", type="submit")
    form.on(
        "submit",
        lambda event: _look_at(desk, event.args),
        js_handler=GATHER,
        throttle=2,
        trailing_events=False,
    )


async def _look_at(desk: Desk, said: Mapping[str, Any]) -> None:
    """The draft is shown in its place below; only a refusal needs telling."""
    words = str(said.get("noi-dung", "")).strip()[:LONGEST]
    if not words:
        return
    heard = await desk.ask_quietly(f"/thongbao {words}")
    if heard.is_refused:
        desk.told.show(heard.answers)


def _draw_announcement(desk: Desk, found: Sending) -> None:
    if found.draft:
        _draw_draft(desk, found)
    if found.last is not None:
        _draw_last(found.last)


def _draw_draft(desk: Desk, found: Sending) -> None:
    places = {(each.place, each.channel) for each in found.reached if each.place}
    with Tag("section", classes="draft", aria_label="Xem trước thông báo"):
        Tag("h3", f"Xem trước: gửi tới {len(places)} nơi nhận")
        Tag("p", found.draft, "draft-words")
        if found.held:
            Tag("p", f"{found.held} Bấm “Tiếp tục nhắc” rồi gửi.", "held", role="status")
        with Tag("div", classes="row"):
            if found.held and desk.reader.may(Action.PAUSE):
                button("Tiếp tục nhắc", "main").on(
                    "click", lambda: desk.say("tiếp tục"), throttle=2, trailing_events=False
                )
            elif places and not found.held:
                button("Gửi thông báo", "main").on(
                    "click", lambda: desk.say("gửi thông báo"), throttle=2, trailing_events=False
                )
            button("Bỏ").on("click", lambda: desk.say("bỏ thông báo"), throttle=2, trailing_events=False)
        _draw_reached(found.reached)


def _draw_reached(reached: tuple[Reached, ...]) -> None:
    with (
        Tag("div", classes="table-place", tabindex="0", role="region", aria_label="Ai nhận ở đâu"),
        Tag("table", classes="table folding"),
    ):
        with Tag("thead"), Tag("tr"):
            for head in ("Đơn vị", "Nơi nhận", "Kênh"):
                Tag("th", head, scope="col")
        with Tag("tbody"):
            for each in reached:
                _draw_one_reached(each)


def _draw_one_reached(each: Reached) -> None:
    with Tag("tr"):
        Tag("th", each.unit, scope="row")
        if each.place:
            Tag("td", each.place, data_label="Nơi nhận")
            Tag("td", each.channel, data_label="Kênh")
        else:
            with Tag("td", colspan="2"):
                Tag("span", "chưa có nơi nhận tin, sẽ không nhận được", "state overdue")


def _draw_last(last: Announced) -> None:
    with Tag("section", classes="last-announced", aria_label="Thông báo gần nhất"):
        Tag("h3", "Thông báo gần nhất")
        by = f", {last.by}" if last.by else ""
        Tag("p", f"Gửi lúc {moment(last.at)}{by}: đã đến {last.arrived}/{last.total} nơi nhận.", "fine")
        Tag("p", last.text, "draft-words")
        with Tag(
            "progress", value=str(last.arrived), max=str(max(last.total, 1)), aria_label="Số nơi đã nhận"
        ):
            pass
        with Tag("ul", classes="arrivals"):
            for place, channel, state, is_lost in last.reached:
                with Tag("li"):
                    Tag("span", f"{place} ({channel})")
                    Tag(
                        "span",
                        state,
                        f"state {'overdue' if is_lost else 'on-time' if state == 'đã gửi' else 'open'}",
                    )
