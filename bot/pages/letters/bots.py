"""The bots that carry the letters: how many chats, what they sent, their month's quota, whether they have to wait."""

from bot.pages.desk import Desk
from bot.pages.html import Tag
from bot.pages.letters.post_facts import Bot, bots
from duties.wording.dates import moment
from duties.wording.letters import channel_name
from duties.wording.numbers import whole
from duties.wording.phrases import capitalised


async def draw_bots(desk: Desk) -> None:
    reader = desk.reader
    await desk.live(lambda session: bots(session, reader.agency_id, reader.world.channels, reader.now), _draw)


def _draw(found: tuple[Bot, ...]) -> None:
    if not found:
        with Tag("div", classes="panel nothing"):
            Tag("strong", "Chưa có nơi nhận tin nào")
            Tag("span", "Mời đơn vị ở trang Đơn vị; nơi nhận hiện ở đây khi được liên kết.")
        return
    with Tag("ul", classes="bots"):
        for each in found:
            _draw_bot(each)


def _draw_bot(bot: Bot) -> None:
    with Tag("li", classes="panel bot"):
        name = channel_name(bot.channel)
        Tag("h2", capitalised(name) + (f" · bot {bot.bot}" if bot.bot else ""))
        with Tag("dl", classes="bot-facts"):
            _draw_fact("Nơi nhận", whole(bot.chats))
            _draw_fact("Đã gửi hôm nay", f"{whole(bot.today)} tin")
            _draw_fact("Không đến trong 7 ngày", f"{whole(bot.lost)} tin")
            if bot.cap is not None and bot.month is not None:
                _draw_fact("Tháng này", f"{whole(bot.month)}/{whole(bot.cap)} tin")
        if bot.cap is not None and bot.month is not None:
            _draw_quota(bot.month, bot.cap)
        if bot.free_at is not None:
            Tag("p", f"{name} yêu cầu chờ: gửi tiếp từ {moment(bot.free_at)}.", "state late")
        else:
            Tag("p", "Gửi được ngay", "state on-time")


def _draw_quota(sent: int, cap: int) -> None:
    with Tag("progress", value=str(min(sent, cap)), max=str(cap), aria_label="Đã dùng trong tháng"):
        pass
    Tag("p", f"Còn {whole(max(cap - sent, 0))} tin đến hết tháng.", "fine")


def _draw_fact(name: str, value: str) -> None:
    with Tag("div"):
        Tag("dt", name)
        Tag("dd", value)
