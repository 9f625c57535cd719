"""What the office hears when a chat is lost or found again."""

from collections.abc import Sequence
from datetime import date

from duties.message import Choice, Line, Look, Message
from duties.wording.numbers import whole


def lost(title: str, why: str, units: Sequence[str], mute: Sequence[str]) -> Message:
    """Which chat takes no more letters and why; units that nobody can reach now stand out."""
    whose = f" của {', '.join(units)}" if units else ""
    lines = [Line(f"Không gửi được tin đến “{title}”{whose}: {why}.")]
    if mute:
        lines.append(
            Line(f"{', '.join(mute)} không còn nơi nhận tin nào; đề nghị liên hệ và mời lại.", Look.TITLE)
        )
    elif units:
        lines.append(Line("Tin của đơn vị được gửi qua nơi nhận khác đã liên kết.", Look.QUIET))
    return Message(tuple(lines), (Choice("Lấy mã mời", f"/moi {mute[0]}" if len(mute) == 1 else "/moi"),))


MOST_UNREACHED = 12


def unreached(units: Sequence[tuple[str, int]]) -> Message:
    """Units without a chat, each with how many things it owes: nobody can be told of these."""
    total = sum(owed for _, owed in units)
    lines = [Line(f"Chưa nhắc được đơn vị về {whole(total)} phần việc vì chưa có kênh nhận tin:", Look.TITLE)]
    lines += [Line(f"- {name}: {whole(owed)} việc", Look.ITEM) for name, owed in units[:MOST_UNREACHED]]
    if (more := len(units) - MOST_UNREACHED) > 0:
        lines.append(Line(f"Và {more} đơn vị khác: gõ /donvi để xem."))
    lines.append(
        Line("Gõ /moi để lấy mã mời. Trong khi chờ, tin nhắc các việc này gửi về Văn phòng.", Look.QUIET)
    )
    return Message(
        tuple(lines), (Choice("Lấy mã mời", f"/moi {units[0][0]}" if len(units) == 1 else "/moi"),)
    )


def found_again(title: str, units: Sequence[str]) -> Message:
    whose = f" của {', '.join(units)}" if units else ""
    return Message((Line(f"Đã gửi lại được tin đến “{title}”{whose}."),))


def nearly_used_up(channel: str, sent: int, cap: int, again: date, *, is_kept: bool) -> Message:
    """How much of the month's messages is gone, and what that means for the letters."""
    lines = [Line(f"Bot {channel.capitalize()} đã gửi {whole(sent)}/{whole(cap)} tin của tháng này.")]
    if is_kept:
        lines.append(
            Line(
                f"Từ nay đến {again:%d/%m/%Y} đơn vị chỉ được gửi câu trả lời và việc đến hạn, quá hạn; tin khác chờ đến ngày đó.",
                Look.TITLE,
            )
        )
    lines.append(Line("Có thể thêm một bot nữa, hoặc mời đơn vị dùng trang web của Văn phòng.", Look.QUIET))
    return Message(tuple(lines))
