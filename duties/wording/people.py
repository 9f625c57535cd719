"""Linking chats, inviting units, and who can be reached."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from duties.message import Choice, Line, Look, Message
from duties.wording.dates import day
from duties.wording.entries import Entry
from duties.workdays import HANOI

WELCOME = {
    "office": "Văn phòng (điều phối)",
    "leader": "Lãnh đạo",
    "admin": "Quản trị",
}


def linked_unit(units: Sequence[str], agency: str) -> Message:
    """Which units this chat now serves."""
    lines = (
        Line(f"Đã liên kết. Kính chào {' và '.join(units)}{_dashed(agency)}."),
        Line("Nhắc việc sẽ gửi vào đây; trả lời bằng lời hoặc bằng số, ví dụ “xong 2”.", Look.QUIET),
    )
    return Message(lines)


def _dashed(agency: str) -> str:
    """An agency has no name before its first plan."""
    return f" — {agency}" if agency else ""


def linked_role(role: str, agency: str) -> Message:
    of = f" của {agency}" if agency else ""
    lines = [Line(f"Đã liên kết {WELCOME.get(role, role)}{of}.")]
    if role == "office":
        lines.append(Line("Gửi tệp kế hoạch vào đây để bắt đầu. Gõ /trogiup để xem cách dùng.", Look.QUIET))
    return Message(tuple(lines), (Choice("Trợ giúp", "/trogiup"),))


WRONG_CODE = "Mã mời không đúng, đã dùng hoặc đã hết hạn. Đề nghị hỏi Văn phòng mã mới."
STRANGER = "Kính chào. Nơi này chưa liên kết với đơn vị nào. Gõ /dangky kèm mã mời do Văn phòng cấp, ví dụ: /dangky ABCD2345."


def at_the_door(address: str) -> str:
    """Where a code for another role is used, when the chat is one in browsers."""
    return f"Mã này dành cho vai trò khác nên không dùng được ở đây. Xin mở liên kết sau trên trình duyệt của người được mời: {address}"


def slow_down(until: datetime) -> str:
    """After too many wrong codes."""
    return f"Đã nhập sai mã nhiều lần; đề nghị thử lại sau {_hour(until)}, hoặc hỏi Văn phòng mã mới."


def later(until: datetime) -> str:
    """To a visitor of a page who asked too much or guessed too often."""
    return f"Có quá nhiều yêu cầu từ nơi này trong thời gian ngắn. Xin thử lại sau {_hour(until)}."


def _hour(moment: datetime) -> str:
    """The minute after, so that it is over by then."""
    return f"{moment.astimezone(HANOI) + timedelta(minutes=1):%H:%M}"


def stranger(text: str = STRANGER) -> Message:
    return Message((Line(text),))


@dataclass(frozen=True)
class Reached:
    """A unit and the titles of the chats that serve it."""

    name: str
    chats: tuple[str, ...] = ()
    open: int = 0


def units(reached: Sequence[Reached]) -> Message:
    """The units with how they are reached; who has no chat stands out."""
    if not reached:
        return Message((Line("Chưa có đơn vị nào. Gửi tệp kế hoạch, hoặc gõ “thêm đơn vị: Phòng …”."),))
    without = [unit for unit in reached if not unit.chats]
    how = f"{len(without)} đơn vị chưa có kênh nhận tin" if without else "đều đã có kênh nhận tin"
    lines = [Line(f"{len(reached)} đơn vị, {how}:", Look.TITLE)]
    lines += [Line(f"{'✓' if unit.chats else '–'} {_unit(unit)}", Look.ITEM) for unit in reached]
    return Message(tuple(lines), (Choice("Lấy mã mời", "/moi"),) if without else ())


def _unit(unit: Reached) -> str:
    chats = ", ".join(unit.chats) if unit.chats else "chưa có kênh"
    return f"{unit.name}: {chats}; còn {unit.open} việc"


@dataclass(frozen=True)
class Invited:
    name: str
    code: str
    link: str = ""


def invitations(invited: Sequence[Invited], until: date, on_zalo: Sequence[str] = ()) -> Message:
    """Codes to hand on, each shown this once; `on_zalo`: under which names our bots are found there."""
    lines = [Line(f"Mã mời, dùng một lần, đến ngày {day(until)}:", Look.TITLE)]
    lines += [
        Line(f"{each.name}: {each.code}{f' — {each.link}' if each.link else ''}", Look.ITEM)
        for each in invited
    ]
    by_link = "bấm liên kết, hoặc " if any(each.link for each in invited) else ""
    lines.append(Line(f"Đề nghị đơn vị {by_link}gõ /dangky kèm mã của mình.", Look.QUIET))
    if on_zalo:
        bots = " hoặc ".join(f"“{name}”" for name in on_zalo)
        lines.append(Line(f"Trên Zalo: tìm {bots} rồi gửi mã vào đó.", Look.QUIET))
    return Message(tuple(lines))


_INVITED = re.compile(r"(?P<name>.+): (?P<code>[A-Z2-9]{8})(?: — .*)?")


def invited_in(message: Message) -> list[Invited]:
    """Whom that message invites, and by which code: what `invitations` says, read again."""
    items = (_INVITED.fullmatch(line.text) for line in message.lines if line.look is Look.ITEM)
    return [Invited(found["name"], found["code"]) for found in items if found]


def name_given(alias: str, unit: str) -> Message:
    """Another name of a unit, understood from now on."""
    text = f"Đã ghi: “{alias}” là tên gọi khác của {unit}. Bỏ thì gõ “bỏ tên gọi {alias}”."
    return Message((Line(text),))


def name_dropped(alias: str, unit: str) -> Message:
    return Message((Line(f"Đã bỏ tên gọi “{alias}” của {unit}. Ghi lại thì gõ “gọi {alias} là {unit}”."),))


def called_so_already(alias: str, unit: str) -> str:
    return f"“{alias}” vốn đã được hiểu là {unit}."


def both_are_units(one: str, other: str) -> str:
    return f"{one} và {other} đang là hai đơn vị; muốn gộp, gõ “sáp nhập {one} vào {other}”."


def is_for_several(name: str) -> str:
    return f"“{name}” là tên gọi chung của nhiều đơn vị; ghi “{name} gồm: Phòng …; Phòng …”."


def no_such_name(name: str) -> str:
    return f"Không có tên gọi khác nào là “{name}”. Gõ “/donvi” kèm tên đơn vị để xem các tên gọi."


def nobody_to_invite() -> str:
    return "Mọi đơn vị đều đã có kênh nhận tin. Muốn mời thêm, gõ “mời Phòng …”."


def no_units() -> str:
    return "Chưa có đơn vị nào để mời. Gửi tệp kế hoạch, hoặc gõ “thêm đơn vị: Phòng …” rồi gõ /moi."


def units_added(names: Sequence[str]) -> Message:
    invite = f"/moi {names[0]}" if len(names) == 1 else "/moi"
    return Message((Line(f"Đã thêm đơn vị: {'; '.join(names)}."),), (Choice("Lấy mã mời", invite),))


def unit_renamed(old: str, new: str) -> Message:
    return Message((Line(f"Đã đổi tên “{old}” thành “{new}”; tên cũ trong kế hoạch vẫn được hiểu."),))


def no_collective(name: str) -> str:
    return f"“{name}” không phải tên gọi chung như “các phòng, đơn vị”; để trống phần này."


def collective_means(name: str, units: Sequence[str], *, by_kind: bool) -> Message:
    """Whom the name means from now on."""
    how = " (theo loại đơn vị)" if by_kind else ""
    whom = "; ".join(units) or "chưa có đơn vị nào"
    return Message((Line(f"Từ nay “{name}” gồm{how}: {whom}."),))


def same_name(name: str) -> str:
    return f"Hai tên này viết như nhau (“{name}”) nên không tách được; xin đổi tên một đơn vị trước."


def told_apart(one: str, other: str) -> Message:
    """Two units from now on; the new one needs its own chat."""
    text = f"Đã ghi: {one} và {other} là hai đơn vị khác nhau."
    return Message((Line(text),), (Choice(f"Lấy mã mời {other}", f"/moi {other}"),))


def name_taken(name: str) -> str:
    return f"Đã có đơn vị “{name}”; xin chọn tên khác."


def no_such_unit(words: str) -> str:
    return f"Không tìm thấy đơn vị “{words}”. Gõ /donvi để xem tên các đơn vị."


def paused(until: date | None = None, goes_on: date | None = None) -> Message:
    """`goes_on`: the first working day after a pause that ends by itself."""
    ends = f" đến hết ngày {day(until)}; từ {day(goes_on)} tự nhắc lại" if until and goes_on else ""
    back = "Muốn nhắc sớm hơn" if until else "Muốn nhắc lại như thường"
    text = f"Đã tạm dừng mọi nhắc việc{ends}. Đơn vị vẫn trả lời và xem được. {back}, gõ “tiếp tục”."
    return Message((Line(text),), (Choice("Tiếp tục", "tiếp tục"),))


def pause_over(until: date) -> str:
    return f"Ngày {day(until)} đã qua nên chưa tạm dừng; xin ghi ngày từ hôm nay trở đi."


def not_paused() -> str:
    return "Đang nhắc việc như thường, không có gì phải tiếp tục."


def resumed() -> Message:
    return Message((Line("Đã tiếp tục nhắc việc. Những lần nhắc bị lỡ được gộp vào tin gần nhất."),))


@dataclass(frozen=True)
class Nudged:
    """Units told now; without a chat; told of all of it this half-day already. `codes`: “#A12”, where these were named."""

    to: Sequence[str] = ()
    missing: Sequence[str] = ()
    already: Sequence[str] = ()
    codes: str = ""


def nudged_now(nudged: Nudged) -> Message:
    lines = [Line(f"Đã gửi lời nhắc tới {'; '.join(nudged.to)}.")] if nudged.to else []
    choices: tuple[Choice, ...] = ()
    if nudged.already:
        who = nudged.codes or (nudged.already[0] if len(nudged.already) == 1 else "tất cả")
        lines.append(
            Line(f"Buổi này đã nhắc: {'; '.join(nudged.already)}. Vẫn muốn nhắc thì gõ “cứ nhắc {who}”.")
        )
        choices = (_insisting(who),)
    if nudged.missing:
        lines.append(Line(f"Chưa có kênh nhận tin: {'; '.join(nudged.missing)}. Gõ /moi để lấy mã mời."))
    if not lines:
        lines.append(Line("Không có việc nào quá hạn hoặc đến hạn trong 14 ngày tới."))
    return Message(tuple(lines), choices)


def _insisting(who: str) -> Choice:
    return Choice("Cứ nhắc", f"cứ nhắc {who}")


def out_of_hours(unit: str, opens: time, closes: time) -> Message:
    who = unit or "tất cả"
    words = (
        f"Ngoài giờ gửi tin ({opens:%H:%M} đến {closes:%H:%M} ngày làm việc) nên chưa nhắc. "
        f"Cần nhắc ngay thì gõ “cứ nhắc {who}”."
    )
    return Message((Line(words),), (_insisting(who),))


def pause_holds() -> Message:
    words = "Đang tạm dừng nhắc việc nên chưa gửi; gõ “tiếp tục” trước."
    return Message((Line(words),), (Choice("Tiếp tục nhắc", "tiếp tục"),))


def not_to_be_nudged(entry: Entry) -> str:
    return f"Việc #{entry.short_code} của {entry.unit} hiện không chờ đơn vị thực hiện nên không nhắc."


def owes_nothing(unit: str) -> Message:
    return Message((Line(f"{unit} không có việc nào đang chờ thực hiện nên chưa gửi lời nhắc."),))
