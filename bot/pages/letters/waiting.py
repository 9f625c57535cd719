"""What waits to be sent, drawn."""

from bot.pages.desk import Desk
from bot.pages.html import Tag
from bot.pages.letters.waiting_facts import MOST, Queue, queue
from duties.wording.numbers import whole
from duties.wording.phrases import capitalised
from duties.workdays import HANOI


async def draw_waiting(desk: Desk) -> None:
    reader = desk.reader
    await desk.live(lambda session: queue(session, reader.agency_id, reader.now), _draw)


def _draw(found: Queue) -> None:
    with Tag("section", classes="panel", aria_label="Tin đang chờ"):
        if found.reminders:
            Tag(
                "p",
                f"{whole(found.reminders)} lần nhắc đã đến lượt và sẽ vào tin nhắc kế tiếp của từng nơi nhận.",
                "fine",
            )
        if not found.rows:
            with Tag("div", classes="nothing"):
                Tag("strong", "Không có tin nào đang chờ gửi")
                Tag("span", "Tin của các ngày tới ở mục “Sắp gửi”.")
            return
        Tag("h2", f"{whole(found.count)} tin đang chờ")
        with Tag("ul", classes="letters"):
            for row in found.rows:
                at = row.put_at.astimezone(HANOI)
                with Tag("li", classes="letter"):
                    Tag(
                        "time",
                        f"{at:%H:%M %d/%m/%Y}",
                        "letter-time",
                        datetime=at.isoformat(timespec="minutes"),
                    )
                    with Tag("div", classes="letter-body"):
                        with Tag("p", classes="letter-head"):
                            Tag("span", row.to, "letter-to")
                            Tag("span", f"{row.channel} · {row.topic}", "fine")
                        Tag("p", row.first_line, "letter-line")
                        Tag("p", f"{capitalised(row.why)}.", "letter-next")
        if found.count > MOST:
            Tag("p", f"Và {whole(found.count - MOST)} tin khác, đi sau các tin trên.", "fine")
