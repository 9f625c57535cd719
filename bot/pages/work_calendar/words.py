"""The words that change the calendar and the reminders, made of what a form holds."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from duties.nudging import Policy
from duties.windows import CODES, WindowRules
from duties.wording.dates import day
from duties.wording.policy import BY_NAME, OF_THE_OFFICE, PAIRS, SETTINGS, shown

# What stands together on the form, under its heading.
GROUPS = (
    ("Trước hạn", ("quarter_rungs", "month_rungs", "week_rungs", "early_from", "ask_before")),
    ("Sau hạn", ("after", "mondays_until")),
    ("Báo thêm cho", ("office_after", "leader_after", "request_after")),
    ("Kỳ dài, kỳ ngắn", ("quarter_days", "month_days")),
    ("Giờ gửi", OF_THE_OFFICE),
)
LABELS = {
    "quarter_rungs": "Kỳ từ một quý trở lên",
    "month_rungs": "Kỳ một tháng",
    "week_rungs": "Kỳ một tuần",
    "early_from": "Đơn vị đã báo đang làm: bỏ các lần nhắc từ",
    "ask_before": "Việc thường xuyên: hỏi trước ngày chốt số liệu",
    "after": "Nhắc đơn vị, rồi mỗi thứ Hai",
    "mondays_until": "Thôi nhắc, giao Văn phòng xử lý",
    "office_after": "Văn phòng, sau hạn",
    "leader_after": "Lãnh đạo, sau hạn",
    "request_after": "Văn phòng, khi có việc chờ quyết định",
    "quarter_days": "Nhắc như quý khi kỳ dài từ (ngày thường)",
    "month_days": "Nhắc như tháng khi kỳ dài từ (ngày thường)",
    "morning": "Buổi sáng",
    "afternoon": "Buổi chiều (việc hết hạn trong ngày)",
    "late_until": "Lỡ giờ thì gửi bù đến",
    "opens": "Không gửi trước",
    "closes": "Không gửi sau",
}


def settings_of(group: Iterable[str], *, is_plan: bool) -> list[str]:
    """Those of a group that may be set; when letters go out is the office's alone."""
    return [name for name in group if not (is_plan and name in OF_THE_OFFICE)]


def value_of(policy: Policy, name: str) -> str:
    """As it stands in its field."""
    return shown(getattr(policy, name))


def policy_orders(values: Mapping[str, str], policy: Policy, plan: str = "") -> list[str]:
    """One message for all that the form says otherwise, each order on its line; nothing where all is as it was."""
    typed = {name: _plain(values[name]) for name in (each.name for each in SETTINGS) if name in values}
    changed = [name for name, value in typed.items() if value != _plain(value_of(policy, name))]
    prefix = f"kế hoạch {plan}: " if plan else ""
    orders = dict.fromkeys(prefix + _order(name, typed, policy) for name in changed)
    return ["\n".join(orders)] if orders else []


def _plain(value: str) -> str:
    """“10; 5,2” and “10, 5, 2” are the same; what is neither numbers nor an hour is left to be asked about."""
    if re.fullmatch(r"[\d ,;]+", value.strip()):
        return ", ".join(str(int(number)) for number in re.findall(r"\d+", value)[:20] if len(number) < 5)
    return value.strip()


def _order(name: str, typed: Mapping[str, str], policy: Policy) -> str:
    if name not in PAIRS:
        return BY_NAME[name].says.format(typed[name])
    words, both = PAIRS[name]
    return words.format(*(typed.get(each) or value_of(policy, each) for each in both))


def day_orders(first: str, last: str, state: str, note: str) -> list[str]:
    """“nghỉ từ 01/02/2027 đến 05/02/2027: lý do”, “làm việc …”, “bỏ ngày nghỉ …”; dates as a form gives them."""
    days = _said(first) if not last or last == first else f"từ {_said(first)} đến {_said(last)}"
    reason = " ".join(note.split()).strip(" :")
    verb = {"off": "nghỉ", "worked": "làm việc"}.get(state, "bỏ ngày nghỉ")
    return [f"{verb} {days}" + (f": {reason}" if reason and state in ("off", "worked") else "")]


def _said(iso: str) -> str:
    try:
        return day(date.fromisoformat(iso))
    except ValueError:
        return iso


def window_orders(values: Mapping[str, str], rules: WindowRules) -> list[str]:
    """What the form says otherwise of the report windows."""
    orders = []
    cut_off, report = values.get("cut_off", "").strip(), values.get("report", "").strip()
    if (cut_off, report) != (str(rules.cut_off_day), str(rules.report_day)):
        orders.append(f"chốt số liệu ngày {cut_off}, gửi báo cáo ngày {report}")
    chosen = [code for code in window_codes(rules) if values.get(code)]
    if set(chosen) != set(rules.reports):
        orders.append(f"kỳ báo cáo: {', '.join(window_name(code) for code in chosen)}")
    return orders


def window_codes(rules: WindowRules) -> list[str]:
    """Those that can be chosen: the quarters, halves and the year, and whatever was chosen before."""
    return [code for code in CODES if not code.startswith("M") or code in rules.reports]


def window_name(code: str) -> str:
    """“Quý I”, “6 tháng đầu”: as it is chosen and said."""
    return CODES[code][2].removesuffix(" năm") or "Năm"
