"""What happened to an obligation, each thing in a few words."""

from collections.abc import Mapping
from datetime import date

from duties.progress import Ruling, Said
from duties.wording.dates import day
from duties.wording.phrases import uncapitalised

FILE_CAME = "Nộp minh chứng"
SAID = {
    Said.DONE: "Báo đã hoàn thành",
    Said.IN_PROGRESS: "Báo đang làm",
    Said.OBSTACLE: "Báo vướng mắc",
    Said.CLEARED: "Báo đã hết vướng mắc",
    Said.EXTENSION: "Xin lùi hạn",
    Said.NOT_OURS: "Báo không thuộc đơn vị",
    Said.NOTE: "Bổ sung báo cáo",
}


def said(kind: Said, wanted: date | None = None, *, on_behalf: bool = False) -> str:
    """What a unit said; `on_behalf`: the office said it for the unit."""
    what = SAID[kind] + (f" đến {day(wanted)}" if wanted else "")
    return f"Văn phòng ghi thay: {what[:1].lower()}{what[1:]}" if on_behalf else what


def took_back(kind: Said) -> str:
    return f"Hoàn tác: {uncapitalised(SAID[kind])}"


def ruled(kind: Ruling, *, before: date | None, after: date | None, to_unit: str = "") -> str:
    """What the office decided, with both dates where it changed one."""
    moved = f": hạn từ {_day(before)} thành {_day(after)}" if before != after else ""
    match kind:
        case Ruling.ACCEPT:
            return "Duyệt kết quả"
        case Ruling.RETURN:
            return f"Trả lại{moved}"
        case Ruling.EXTEND:
            return f"Đồng ý lùi hạn{moved}"
        case Ruling.REFUSE:
            return "Từ chối đề nghị của đơn vị"
        case Ruling.NOT_APPLICABLE:
            return "Không tính việc này"
        case Ruling.MOVE:
            return f"Chuyển sang {to_unit}"


def decision_taken_back(kind: Ruling) -> str:
    return (
        f"Hoàn tác quyết định: {uncapitalised(ruled(kind, before=None, after=None, to_unit='đơn vị khác'))}"
    )


def noted(action: str, detail: Mapping[str, object]) -> tuple[str, str]:
    """What the trail has of a duty: in a few words, and the words of whoever did it."""
    match action:
        case "correct_deadline":
            before = f" (trước đó hiểu là “{detail['before']}”)" if detail.get("before") else ""
            return f"Ghi lại thời hạn{before}", str(detail.get("phrase", ""))
        case "record_event":
            return f"Ghi sự kiện ngày {_iso(detail.get('day'))}, hạn {_iso(detail.get('due'))}", ""
        case "forget_event":
            return f"Bỏ sự kiện ngày {_iso(detail.get('day'))}", ""
        case "demand_evidence":
            return "Yêu cầu có minh chứng" if detail.get("needed") else "Không yêu cầu minh chứng nữa", ""
        case "set_milestone":
            return f"Đặt mốc hỏi tiến độ ngày {_iso(detail.get('day'))}", str(detail.get("about", ""))
        case "drop_milestone":
            return f"Bỏ mốc hỏi tiến độ ngày {_iso(detail.get('day'))}", ""
        case "give_lead":
            return f"Giao {detail.get('to', '')} chủ trì", ""
        case "evidence_dropped":
            return f"Bỏ tệp minh chứng {detail.get('file', '')}".strip(), ""
        case _:
            return _snoozed(detail.get("until")), ""


def _snoozed(until: object) -> str:
    return f"Hẹn nhắc lại từ ngày {_iso(until)}" if until else "Bỏ hẹn, nhắc như thường"


def owned_before(unit: str, until: date) -> str:
    return f"Đến hết ngày {day(until)} do {unit} thực hiện"


def _iso(value: object) -> str:
    return day(date.fromisoformat(str(value)[:10])) if value else "chưa rõ"


def _day(value: date | None) -> str:
    return day(value) if value else "chưa có"
