"""Chats of units, codes that are out, and what names mean, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duties.message import Choice, Line, Look, Message
from duties.wording.dates import day


@dataclass(frozen=True)
class Shown:
    """A unit with all that the office may want to know of it."""

    name: str
    chats: tuple[str, ...] = ()
    codes_until: tuple[date, ...] = ()
    aliases: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    open: int = 0


def unit_shown(unit: Shown) -> Message:
    """Chats by number, the first being where it is told; who answers; codes; other names."""
    lines = [Line(f"{unit.name}: còn {unit.open} việc chưa hoàn thành.", Look.TITLE)]
    lines += [
        Line(f"Kênh {n}: {chat}{' (nhận tin trước)' if n == 1 and len(unit.chats) > 1 else ''}", Look.ITEM)
        for n, chat in enumerate(unit.chats, start=1)
    ]
    if not unit.chats:
        lines.append(Line("Chưa có kênh nhận tin."))
    if unit.people:
        lines.append(Line(f"Người đã trả lời: {', '.join(unit.people)}."))
    if unit.codes_until:
        until = ", ".join(day(each) for each in unit.codes_until)
        lines.append(
            Line(f"{len(unit.codes_until)} mã mời chưa dùng, đến {until}; hủy: “thu hồi mã {unit.name}”.")
        )
    if unit.aliases:
        lines.append(Line(f"Tên khác trong kế hoạch: {'; '.join(unit.aliases)}."))
    lines.append(Line(_how(unit), Look.QUIET))
    return Message(tuple(lines), (Choice("Lấy mã mời", f"/moi {unit.name}"),))


def _how(unit: Shown) -> str:
    if len(unit.chats) > 1:
        return f"Ví dụ: “kênh 2 của {unit.name} nhận trước”, “bỏ kênh 2 của {unit.name}”, “chuyển kênh 2 của {unit.name} sang Phòng …”."
    if unit.chats:
        return f"Ví dụ: “bỏ kênh của {unit.name}”, “chuyển kênh của {unit.name} sang Phòng …”."
    return "Gõ /moi kèm tên đơn vị để lấy mã mời."


def codes_withdrawn(names: Sequence[str]) -> Message:
    whom = "; ".join(dict.fromkeys(names))
    return Message(
        (Line(f"Đã thu hồi {len(names)} mã mời chưa dùng của {whom}. Cấp lại: /moi kèm tên đơn vị."),)
    )


WHOSE_CODES = "Xin ghi mã của đơn vị nào, ví dụ “thu hồi mã Phòng …”, hoặc “thu hồi mã tất cả”."


def no_codes(whom: str) -> str:
    return f"{whom} không có mã mời nào chưa dùng."


def codes_out(names: Sequence[str]) -> Line:
    whom = "; ".join(dict.fromkeys(names))
    return Line(
        f"Mã cấp trước đây chưa dùng vẫn còn hiệu lực: {whom}. Huỷ: “thu hồi mã” kèm tên đơn vị.", Look.QUIET
    )


def which_chat(unit: str, chats: Sequence[str], says: str) -> Message:
    """`says` has {} for the number."""
    lines = [Line(f"{unit} có {len(chats)} kênh nhận tin. Kênh nào:")]
    lines += [Line(f"{n}. {chat}", Look.ITEM) for n, chat in enumerate(chats, start=1)]
    choices = tuple(Choice(f"Kênh {n}", says.replace("{}", str(n))) for n in range(1, len(chats) + 1))
    return Message(tuple(lines), choices)


def no_chat(unit: str) -> str:
    return f"{unit} chưa có kênh nhận tin. Gõ /moi kèm tên đơn vị để lấy mã mời."


def no_such_chat(unit: str, count: int) -> str:
    return f"{unit} chỉ có {count} kênh nhận tin. Gõ /donvi kèm tên đơn vị để xem."


def chat_moved(chat: str, unit: str, to: str) -> Message:
    return Message((Line(f"Đã chuyển kênh {chat} từ {unit} sang {to}."),))


def chat_dropped(chat: str, unit: str, is_last: bool) -> Message:
    more = f" {unit} không còn kênh nhận tin; gõ /moi {unit} để mời lại." if is_last else ""
    return Message((Line(f"Đã bỏ kênh {chat} của {unit}.{more}"),))


def chat_first(chat: str, unit: str) -> Message:
    return Message((Line(f"Từ nay {unit} nhận tin trước ở kênh {chat}."),))


def now_serves(units: Sequence[str]) -> Message:
    """The chat itself hears whom it serves now."""
    if not units:
        return Message(
            (
                Line(
                    "Nơi này không còn nhận nhắc việc của đơn vị nào. Muốn nhận lại, đề nghị hỏi Văn phòng mã mời."
                ),
            )
        )
    return Message((Line(f"Từ nay nơi này nhận nhắc việc của {' và '.join(units)}."),))


def ask_to_stop(units: Sequence[str]) -> Message:
    whose = f" của {' và '.join(units)}" if units else ""
    text = f"Ngừng nhận tin{whose} ở đây? Muốn nhận lại phải có mã mời mới của Văn phòng."
    return Message(
        (Line(text),),
        (Choice("Ngừng, chắc chắn", "ngừng nhận tin ở đây, chắc chắn"),),
    )


def stopped(units: Sequence[str]) -> Message:
    whose = f" của {' và '.join(units)}" if units else ""
    return Message(
        (
            Line(
                f"Đã ngừng nhận tin{whose} ở đây. Muốn nhận lại, đề nghị hỏi Văn phòng mã mời rồi gõ /dangky kèm mã."
            ),
            Line(
                "Tên, địa chỉ và lời của anh/chị còn được giữ; muốn xóa, đề nghị báo Văn phòng hoặc quản trị của cơ quan.",
                Look.QUIET,
            ),
        )
    )


def chat_left(units: Sequence[str], mute: Sequence[str]) -> Message:
    """The office hears that a chat left by itself."""
    alone = f" Không còn kênh nhận tin: {'; '.join(mute)}; gõ /moi để mời lại." if mute else ""
    return Message((Line(f"{' và '.join(units)} đã ngừng nhận tin ở một kênh.{alone}"),))


def last_office() -> str:
    return "Đây là kênh cuối cùng của Văn phòng nên chưa ngừng được. Mời kênh khác trước: “mời Văn phòng điều phối”."
