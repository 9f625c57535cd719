"""The bots: whether their platforms know them, and how what people write comes to us."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from bot.channels.standing import NotReached, Standing, TokenRefused
from bot.channels.telegram.standing import standing as telegram_standing
from bot.channels.telegram.webhook import webhook_path
from bot.channels.ways_in import Mode
from bot.channels.zalo.standing import standing as zalo_standing
from bot.checkup.finding import Finding, doubtful, well, wrong
from bot.connections import telegram_account, zalo_account
from bot.settings import Settings


@dataclass(frozen=True)
class Bot:
    """A bot of the settings; `takes_over`: our start deletes a webhook that is in the way."""

    about: str
    setting: str
    mode: Mode
    address: str
    ask: Callable[[], Awaitable[Standing]]
    takes_over: bool = True


async def check_bots(settings: Settings) -> Sequence[Finding]:
    """Every bot asked at once."""
    return await asyncio.gather(*(_check(bot) for bot in _bots(settings)))


def _bots(settings: Settings) -> Iterator[Bot]:
    if token := settings.telegram_token.get_secret_value():
        on_telegram = telegram_account(settings, token, "")
        yield Bot(
            f"Telegram bot {on_telegram.bot_id}",
            "NHACVIEC_TELEGRAM_TOKEN",
            on_telegram.mode,
            settings.base_url + webhook_path(on_telegram.bot_id),
            partial(telegram_standing, on_telegram),
        )
    for on_zalo in [zalo_account(settings, token, "") for token in settings.zalo_bots]:
        yield Bot(
            f"Zalo bot {on_zalo.bot_id}",
            "NHACVIEC_ZALO_TOKENS",
            on_zalo.mode,
            settings.base_url + on_zalo.webhook_path,
            partial(zalo_standing, on_zalo),
            settings.zalo_polling_takes_over,
        )


async def _check(bot: Bot) -> Finding:
    try:
        found = await bot.ask()
    except TokenRefused:
        return wrong(
            bot.about, "mã (token) không được chấp nhận", f"lấy lại mã, sửa {bot.setting}, rồi chạy lại"
        )
    except NotReached as trouble:
        return wrong(
            bot.about, f"không hỏi được máy chủ ({trouble})", "kiểm tra mạng, tường lửa, proxy ra Internet"
        )
    return _way_in(bot, found)


def _way_in(bot: Bot, found: Standing) -> Finding:
    """Whether what people write comes to us."""
    match bot.mode:
        case Mode.POLLING if not found.webhook:
            return well(bot.about, f"{found.name}, nhận tin bằng polling")
        case Mode.POLLING:
            host = urlsplit(found.webhook).hostname
            says = f"{found.name} đang có webhook trỏ tới {host}, nên polling không nhận được tin"
            if bot.takes_over:
                return doubtful(bot.about, says, "nhacviec run sẽ xóa webhook này khi khởi động")
            return wrong(
                bot.about, says, "nếu là webhook cũ của cơ quan: NHACVIEC_ZALO_POLLING_TAKES_OVER=true"
            )
        case Mode.WEBHOOK if found.webhook != bot.address:
            return doubtful(
                bot.about, f"{found.name} chưa đặt webhook về trang này", "nhacviec run sẽ đặt khi khởi động"
            )
        case Mode.WEBHOOK if found.trouble:
            return wrong(
                bot.about,
                f"{found.name}: nền tảng gọi webhook bị lỗi ({found.trouble})",
                "xem chứng chỉ, DNS, proxy ngược",
            )
    return well(bot.about, f"{found.name}, nhận tin bằng webhook")
