"""The office's calendar in words: days off and worked Saturdays of a year, what was changed, how a day off counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from duties.message import Choice, Line, Look, Message
from duties.windows import CODES, WindowRules
from duties.wording.dates import day, named_day
from duties.wording.entries import shortened
from duties.workdays import ONE_DAY, day_of


@dataclass(frozen=True)
class SpecialDay:
    """A day off besides weekends, or a weekend day that is worked; `by` and `at` where the office itself said so."""

    day: date
    is_off: bool
    name: str = ""
    by: str = ""
    at: datetime | None = None


def _days(days: Sequence[date]) -> str:
    """“Thứ Năm 30/04/2026”; days in a row as “từ … đến …”."""
    in_a_row = len(days) > 2 and days[-1] - days[0] == ONE_DAY * (len(days) - 1)
    if in_a_row:
        return f"từ {named_day(days[0])} đến {named_day(days[-1])} ({len(days)} ngày)"
    return ", ".join(named_day(each) for each in days)


def year_shown(year: int, days: Sequence[SpecialDay], *, announced: bool, lenient: bool) -> Message:
    """Every special day of a year; a year that was not announced yet says so."""
    lines = [Line(f"Lịch nghỉ năm {year} (ngoài Thứ Bảy, Chủ nhật):", Look.TITLE)]
    if not announced:
        lines.append(
            Line(
                f"Năm {year} chưa có thông báo nghỉ lễ, Tết và hoán đổi ngày làm việc; các ngày dưới đây tính theo luật."
            )
        )
    lines += [Line(_special(each), Look.ITEM) for each in days if each.is_off]
    worked = [each for each in days if not each.is_off]
    if worked:
        lines.append(Line("Làm việc, dù là ngày nghỉ:", Look.TITLE))
        lines += [Line(_special(each), Look.ITEM) for each in worked]
    lines.append(Line(_leniency(lenient)))
    lines.append(Line("Sửa, ví dụ: “nghỉ 30/4: lý do”, “làm bù 10/1”, “bỏ ngày nghỉ 30/4”.", Look.QUIET))
    return Message(
        tuple(lines), (Choice(f"Năm {year - 1}", f"/lichnghi {year - 1}"), Choice(f"Năm {year + 1}", f"/lichnghi {year + 1}"))
    )  # fmt: skip


def _special(each: SpecialDay) -> str:
    name = f": {shortened(each.name, 120)}" if each.name else ""
    if each.at is None:
        return f"{named_day(each.day)}{name}"
    by = f"{each.by}, " if each.by else ""
    return f"{named_day(each.day)}{name} (Văn phòng ghi, {by}{day(day_of(each.at))})"


def changed(days: Sequence[date], *, is_off: bool, note: str, known: Iterable[date] = ()) -> Message:
    """What was recorded, day by day, and how to take it back; `known` were so already."""
    what = "nghỉ" if is_off else "làm việc"
    why = f" ({shortened(note, 120)})" if note else ""
    already = f" Lịch chung vốn đã như vậy: {_days(sorted(known))}." if known else ""
    return _done(
        f"Đã ghi: cơ quan {what} {_days(days)}{why}.{already} Gõ “bỏ ngày {what} {days[0]:%d/%m/%Y}” nếu nhầm."
    )


def forgotten(days: Sequence[date], now: Sequence[tuple[date, str]]) -> Message:
    """Which changes are gone, and what those days are now."""
    state = "; ".join(f"{named_day(each)} {f'nghỉ ({why})' if why else 'làm việc'}" for each, why in now)
    return _done(f"Đã bỏ thay đổi của Văn phòng về {_days(days)}. Theo lịch chung: {state}.")


def nothing_to_forget(days: Sequence[date]) -> str:
    return f"Văn phòng chưa ghi thay đổi nào cho {_days(days)}. Muốn cơ quan làm việc ngày ấy, gõ “làm việc {days[0]:%d/%m/%Y}”."


def _done(text: str) -> Message:
    return Message(
        (Line(text), Line("Lịch nhắc các việc chưa xong đã được tính lại.", Look.QUIET)),
        (Choice("Xem lịch nghỉ", "/lichnghi"),),
    )


def _leniency(lenient: bool) -> str:
    if lenient:
        return "Hạn rơi vào ngày nghỉ: được tính đến hết ngày làm việc tiếp theo (Bộ luật Dân sự 2015, Điều 148 khoản 5)."
    return "Hạn rơi vào ngày nghỉ: vẫn tính đúng ngày ghi trong kế hoạch, không lùi."


def leniency(lenient: bool) -> Message:
    """How a last day that is a day off counts, with the words that change it."""
    other = "không lùi" if lenient else "lùi sang ngày làm việc tiếp theo"
    return Message((Line(_leniency(lenient)),), (Choice("Đổi lại", f"hạn rơi ngày nghỉ: {other}"),))


def culture_day(is_off: bool) -> Message:
    what = "nghỉ" if is_off else "làm việc"
    return _done(f"Đã ghi: cơ quan {what} Ngày Văn hóa Việt Nam 24/11 hằng năm.")


def year_announced(year: int, is_announced: bool) -> Message:
    if is_announced:
        return Message(
            (Line(f"Đã ghi: lịch nghỉ năm {year} đã có thông báo. Xin ghi các ngày hoán đổi, nếu có, ví dụ “nghỉ 2/1/{year}”."),),
            (Choice(f"Lịch nghỉ {year}", f"/lichnghi {year}"),),
        )  # fmt: skip
    return Message((Line(f"Đã ghi: lịch nghỉ năm {year} chưa có thông báo."),))


def windows(rules: WindowRules) -> Message:
    """The report windows of the agency."""
    names = ", ".join(_short(code) for code in rules.reports)
    return Message(
        (Line(f"Kỳ báo cáo: {names}; chốt số liệu ngày {rules.cut_off_day}, gửi báo cáo ngày {rules.report_day} của tháng cuối kỳ."),)
    )  # fmt: skip


def windows_said(rules: WindowRules) -> list[str]:
    """The messages that would make the windows what they are."""
    named = ", ".join(_short(code) for code in rules.reports)
    closing = f"chốt số liệu ngày {rules.cut_off_day}, gửi báo cáo ngày {rules.report_day}"
    return [closing, f"kỳ báo cáo: {named}"]


def _short(code: str) -> str:
    return CODES[code][2].removesuffix(" năm").removesuffix(" đầu")


def windows_impossible() -> str:
    return "Ngày chốt số liệu phải trước hoặc đúng ngày gửi báo cáo, đều trong khoảng từ ngày 1 đến ngày 31."
