"""What will be sent to whom in the coming days, day by day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from duties.message import Choice, Line, Look, Message
from duties.wording.dates import named_day
from duties.wording.numbers import whole

SHOWN = 6
LEADER = "Lãnh đạo"


@dataclass(frozen=True)
class WillBeSent:
    """A letter to come: to whom, what it tells (“IV.4 #A1”; of a summary its window), whether anybody can get it."""

    on: date
    to: str
    what: tuple[str, ...]
    reachable: bool = True
    is_summary: bool = False


def preview(
    coming: Sequence[WillBeSent], days: int, *, is_paused: bool = False, paused_until: str = ""
) -> Message:
    """What goes out if nothing changes; what cannot be delivered says so."""
    if not coming:
        return Message((Line(f"Trong {days} ngày tới không có tin nhắc nào."),))
    lines = [Line(f"Dự kiến gửi trong {days} ngày tới, nếu không có gì thay đổi:", Look.TITLE)]
    if is_paused:
        until = f"đến hết ngày {paused_until}" if paused_until else "đến khi gõ “tiếp tục”"
        lines.append(Line(f"Đang tạm dừng {until}: chưa gửi gì."))
    for on in dict.fromkeys(each.on for each in coming):
        lines.append(Line(named_day(on), Look.TITLE))
        lines += [Line(_sent(each), Look.ITEM) for each in coming if each.on == on]
    mute = {each.to for each in coming if not each.reachable}
    if mute:
        lines.append(Line(_mute(mute), Look.QUIET))
    return Message(tuple(lines), () if is_paused else (Choice("Tạm dừng", "tạm dừng"),))


def _mute(names: Collection[str]) -> str:
    invites = " và ".join(
        ([] if names == {LEADER} else ["/moi"]) + (["“mời lãnh đạo”"] if LEADER in names else [])
    )
    return f"{len(names)} nơi chưa có kênh nhận tin nên việc cần nhắc gửi về Văn phòng; gõ {invites} để lấy mã mời."


def sent_so_far(channel: str, sent: int) -> Line:
    """What a bot has used of the messages that its platform counts by the month."""
    return Line(f"Tháng này một bot {channel.capitalize()} đã gửi {whole(sent)} tin.", Look.QUIET)


def _sent(each: WillBeSent) -> str:
    mark = "" if each.reachable else "⚠ chưa có kênh nhận tin: "
    if each.is_summary:
        return f"{mark}{each.to}: tổng hợp {each.what[0][:1].lower()}{each.what[0][1:]}"
    more = f" và {len(each.what) - SHOWN} việc khác" if len(each.what) > SHOWN else ""
    return f"{mark}{each.to} ({len(each.what)} việc): {', '.join(each.what[:SHOWN])}{more}"
