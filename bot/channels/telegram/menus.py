"""The menu of commands beside the writing line, for each kind of chat, in Vietnamese."""

import logging

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from data.tables import ChatRole

log = logging.getLogger(__name__)

UNIT = (
    ("viec", "Việc của đơn vị"),
    ("xong", "Báo hoàn thành, ví dụ: /xong 2"),
    ("danglam", "Báo đang làm, ví dụ: /danglam 2"),
    ("vuongmac", "Báo vướng mắc, ví dụ: /vuongmac 3 chưa có kinh phí"),
    ("giahan", "Xin lùi hạn, ví dụ: /giahan 4 20/6 chờ số liệu"),
    ("khongphai", "Báo không thuộc đơn vị, ví dụ: /khongphai 5"),
    ("nhaclai", "Hẹn nhắc lại, ví dụ: /nhaclai 2 3 (ngày)"),
    ("minhchung", "Xem minh chứng, ví dụ: /minhchung 3"),
    ("nop", "Cách nộp tệp minh chứng, ví dụ: /nop 3"),
    ("lich", "Lịch hạn cho điện thoại"),
    ("hoantac", "Rút lại điều vừa báo"),
    ("tonghop", "Tổng hợp của đơn vị"),
    ("web", "Mở trang web trên trình duyệt"),
    ("trogiup", "Cách dùng"),
    ("dangky", "Liên kết bằng mã mời"),
)
OFFICE = (
    ("tonghop", "Tổng hợp, ví dụ: /tonghop quý 2"),
    ("choduyet", "Những gì chờ quyết định"),
    ("duyet", "Duyệt, ví dụ: /duyet 1 3"),
    ("tralai", "Trả lại, ví dụ: /tralai 2 thiếu số liệu"),
    ("viec", "Các việc đang mở"),
    ("word", "Báo cáo Word, ví dụ: /word quý 2"),
    ("excel", "Bảng Excel, ví dụ: /excel quý 2"),
    ("mau", "Mẫu báo cáo: người ký, nơi nhận"),
    ("kehoach", "Các kế hoạch"),
    ("donvi", "Các đơn vị và nơi nhận tin"),
    ("moi", "Mã mời cho đơn vị"),
    ("nhac", "Nhắc ngay một đơn vị"),
    ("sapgui", "Sẽ gửi gì trong 14 ngày tới"),
    ("lich", "Lịch hạn cho điện thoại"),
    ("lichnhac", "Lịch nhắc: bao nhiêu ngày trước và sau hạn"),
    ("thongbao", "Thông báo tới các đơn vị"),
    ("tamdung", "Tạm dừng nhắc việc"),
    ("tieptuc", "Tiếp tục nhắc việc"),
    ("hoantac", "Rút lại quyết định vừa rồi"),
    ("web", "Mở trang web trên trình duyệt"),
    ("trogiup", "Cách dùng"),
)
LEADER = (
    ("tonghop", "Tổng hợp, ví dụ: /tonghop quý 2"),
    ("kehoach", "Các kế hoạch"),
    ("web", "Mở trang web trên trình duyệt"),
    ("trogiup", "Cách dùng"),
)
ADMIN = (
    ("donvi", "Các đơn vị và nơi nhận tin"),
    ("moi", "Mã mời cho đơn vị"),
    ("kehoach", "Các kế hoạch"),
    ("tamdung", "Tạm dừng nhắc việc"),
    ("tieptuc", "Tiếp tục nhắc việc"),
    ("web", "Mở trang web trên trình duyệt"),
    ("trogiup", "Cách dùng"),
)
OF_ROLE = {ChatRole.UNIT: UNIT, ChatRole.OFFICE: OFFICE, ChatRole.LEADER: LEADER, ChatRole.ADMIN: ADMIN}


def menu(role: ChatRole) -> list[BotCommand]:
    return [BotCommand(name, what) for name, what in OF_ROLE[role]]


async def show_menus(bot: Bot) -> None:
    """Whoever is not known otherwise sees what a unit may ask."""
    await bot.set_my_commands(menu(ChatRole.UNIT))
    await bot.set_my_commands(menu(ChatRole.UNIT), scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(menu(ChatRole.UNIT), scope=BotCommandScopeAllGroupChats())


async def show_menu(bot: Bot, address: str, role: ChatRole) -> None:
    """The menu of one chat; a convenience, so that a refusal stops nothing."""
    scope = BotCommandScopeChat(int(address))
    try:
        if role is ChatRole.UNIT:
            await bot.delete_my_commands(scope=scope)
        else:
            await bot.set_my_commands(menu(role), scope=scope)
    except TelegramError as error:
        log.info("menu of chat=%s not shown: %s", address, type(error).__name__)
