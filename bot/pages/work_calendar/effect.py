"""What a change would do to the letters of the next days, shown before it is said; then said, or let be."""

import asyncio
from collections.abc import Sequence
from datetime import date

from bot.pages.desk import Desk
from bot.pages.html import Tag, bring, button
from bot.rehearsal import Busy, Difference, Outcome, Rehearsed, look_ahead
from duties.wording.dates import day
from duties.wording.numbers import whole

MOST_ROWS, MOST_CODES = 40, 8
NOT_NOW = "Chưa xem trước được; xin thử lại sau ít phút. Chưa có gì thay đổi."
NOT_RECKONED = "Cơ quan có rất nhiều việc nên trang không tính trước từng tin; sau khi thực hiện, xin xem ở trang Tin nhắc."


class Effect:
    """`draw` once; `look` shows here what would come of some words."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._place: Tag | None = None
        self._is_looking = False

    def draw(self) -> None:
        self._place = Tag(
            "section", classes="panel effect gone", aria_label="Xem trước thay đổi", tabindex="-1"
        )

    async def look(self, words: Sequence[str]) -> None:
        """Nothing is changed by looking."""
        if not words:
            self._show([], None)
            return
        if self._is_looking:
            return
        self._is_looking = True
        self._show_busy()
        found = Rehearsed((NOT_NOW,), 0, is_refused=True)
        try:
            await self._desk.check()
            reader = self._desk.reader
            engine = reader.world.engine
            found = await asyncio.to_thread(look_ahead, engine, reader.chat_id, words, reader.now)
        except Busy as busy:
            found = Rehearsed((str(busy),), 0, is_refused=True)
        finally:
            # whatever went wrong, the reader is not left waiting
            self._is_looking = False
            self._show(words, found)

    def _show_busy(self) -> None:
        """A big office's letters take a few seconds."""
        if self._place is None:
            return
        self._place.clear()
        self._place.show(True)
        with self._place:
            Tag("h2", "Xem trước: chưa thay đổi gì")
            Tag("p", "Đang tính những tin sẽ thay đổi…", "fine", role="status")
        bring(self._place)

    def _show(self, words: Sequence[str], found: Rehearsed | None) -> None:
        if self._place is None:
            return
        self._place.clear()
        self._place.show(True)
        with self._place:
            Tag("h2", "Xem trước: chưa thay đổi gì")
            if found is None:
                Tag("p", "Mọi ô vẫn như đang dùng, không có gì để thay đổi.")
            elif found.is_refused:
                for answer in found.answers:
                    Tag("p", answer, "trouble", role="alert")
            else:
                self._draw_found(words, found)
            with Tag("div", classes="row"):
                if found is not None and not found.is_refused:
                    button("Thực hiện", "main").on(
                        "click", lambda: self._carry_out(words), throttle=1, trailing_events=False
                    )
                button("Thôi" if found and not found.is_refused else "Đóng").on("click", self._close)
        bring(self._place)

    def _draw_found(self, words: Sequence[str], found: Rehearsed) -> None:
        with Tag("ul", classes="orders"):
            for line in (line for each in words for line in each.splitlines()):
                Tag("li", f"“{line}”")
        if found.outcome is None:
            Tag("p", NOT_RECKONED, "counts-line")
        else:
            _draw_outcome(found.outcome, found.days)
        # what changes later than that is told there in one line
        with Tag("details", open=not (found.outcome and found.outcome.differs)):
            Tag("summary", "Câu trả lời khi thực hiện")
            for line in (line for each in found.answers for line in each.splitlines()):
                Tag("p", line, "fine")

    async def _carry_out(self, words: Sequence[str]) -> None:
        self._close()
        for each in words:
            await self._desk.say(each)

    def _close(self) -> None:
        if self._place is not None:
            self._place.clear()
            self._place.show(False)


def _draw_outcome(outcome: Outcome, days: int) -> None:
    counts = f"Trong {days} ngày tới: {_letters(outcome.before)}; sau thay đổi: {_letters(outcome.after)}."
    Tag("p", counts, "counts-line")
    if outcome.differs:
        _draw_table(outcome.differs)
    else:
        Tag("p", f"Không tin nào trong {days} ngày tới đến thêm, bớt hay chuyển ngày.")


def _letters(count: int) -> str:
    return f"{whole(count)} tin nhắc" if count else "không có tin nào"


def _draw_table(differs: Sequence[Difference]) -> None:
    with scrolled_table("Các tin thay đổi"), Tag("table", classes="table folding"):
        with Tag("thead"), Tag("tr"):
            for words in ("Thay đổi", "Ngày", "Gửi tới", "Về việc"):
                Tag("th", words, scope="col")
        with Tag("tbody"):
            for each in differs[:MOST_ROWS]:
                _draw_row(each)
    if len(differs) > MOST_ROWS:
        Tag("p", f"Và {len(differs) - MOST_ROWS} thay đổi khác.", "fine")


def scrolled_table(about: str) -> Tag:
    """A place in which a wide table scrolls by itself, for the keyboard too."""
    return Tag("div", classes="table-place", tabindex="0", role="region", aria_label=about)


def _draw_row(each: Difference) -> None:
    with Tag("tr"):
        with Tag("td"):
            Tag("span", change_of(each), f"change {_kind(each)}")
        Tag("td", _days(each.was, each.on), "days")
        Tag("td", each.to, data_label="Gửi tới")
        more = f" và {len(each.what) - MOST_CODES} việc khác" if len(each.what) > MOST_CODES else ""
        Tag("td", ", ".join(each.what[:MOST_CODES]) + more, data_label="Về việc")


def change_of(each: Difference) -> str:
    """What happens to it, in two words."""
    if each.was is None:
        return "Thêm tin"
    return "Bớt tin" if each.on is None else "Chuyển ngày"


def _kind(each: Difference) -> str:
    return "come" if each.was is None else "go" if each.on is None else "moved"


def _days(was: date | None, on: date | None) -> str:
    return " → ".join(day(each) for each in (was, on) if each is not None)
