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


def found_again(title: str, units: Sequence[str]) -> Message:
    whose = f" của {', '.join(units)}" if units else ""
    return Message((Line(f"Đã gửi lại được tin đến “{title}”{whose}."),))


def nearly_used_up(channel: str, sent: int, cap: int, again: date, *, is_kept: bool) -> Message:
    """How much of the month's messages is gone, and what that means for the letters."""
    lines = [Line(f"Bot {channel.capitalize()} đã gửi {whole(sent)}/{whole(cap)} tin của tháng này.")]
    if is_kept:
        lines.append(
            Line(
                f"Từ nay đến {again:%d/%m/%Y} chỉ gửi câu trả lời và việc đến hạn, quá hạn; tin khác chờ đến ngày đó.",
                Look.TITLE,
            )
        )
    lines.append(Line("Có thể thêm một bot nữa, hoặc mời đơn vị dùng trang web của Văn phòng.", Look.QUIET))
    return Message(tuple(lines))
