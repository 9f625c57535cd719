"""What the office hears when a chat is lost or found again."""

from collections.abc import Sequence

from duties.message import Choice, Line, Look, Message


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
