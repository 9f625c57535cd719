"""How the report is headed and signed, as the office sees and changes it in the chat."""

from duties.intents import FormField
from duties.message import Choice, Line, Look, Message
from duties.report import Letterhead
from duties.thresholds import Threshold

NAMES = {
    FormField.SUPERIOR: "Cơ quan chủ quản",
    FormField.AGENCY: "Tên cơ quan",
    FormField.PLACE: "Địa danh",
    FormField.CODE: "Ký hiệu",
    FormField.ADDRESSED_TO: "Kính gửi",
    FormField.RECIPIENTS: "Nơi nhận",
    FormField.SIGNER: "Người ký",
    FormField.THRESHOLDS: "Ngưỡng",
}
SHIPPED_NAME = "Mẫu báo cáo.docx"
BLANK = "(để trống, văn thư điền)"
HOW = (
    "Sửa: “người ký: TL. GIÁM ĐỐC / CHÁNH VĂN PHÒNG / họ và tên”, “nơi nhận: Như trên; Lưu: VT, VP”, "
    "“mẫu kính gửi: …”, “mẫu địa danh: …”, “ngưỡng: trên 90, từ 70”; xóa: “người ký: để trống”. Đổi mẫu Word: sửa tệp gửi kèm rồi gửi lại, ghi “mẫu”."
)


def form(letterhead: Letterhead, thresholds: tuple[Threshold, ...], changed: str = "") -> Message:
    """Every line of the form and how to change one; `changed`: what was just done."""
    lines = [Line(changed)] if changed else []
    lines.append(Line("Mẫu báo cáo của cơ quan:", Look.TITLE))
    typed = as_typed(letterhead, thresholds)
    lines += [Line(f"{name}: {typed[field] or BLANK}", Look.ITEM) for field, name in NAMES.items()]
    lines.append(Line(HOW, Look.QUIET))
    return Message(tuple(lines))


def as_typed(letterhead: Letterhead, thresholds: tuple[Threshold, ...]) -> dict[FormField, str]:
    """What is entered of each, in the words that would enter it."""
    return {
        FormField.SUPERIOR: letterhead.superior,
        FormField.AGENCY: letterhead.agency,
        FormField.PLACE: letterhead.place,
        FormField.CODE: letterhead.code,
        FormField.ADDRESSED_TO: "; ".join(letterhead.addressed_to),
        FormField.RECIPIENTS: "; ".join(letterhead.recipients),
        FormField.SIGNER: " / ".join(part for part in (*letterhead.authority, letterhead.signer) if part),
        FormField.THRESHOLDS: ", ".join(map(threshold, thresholds)),
    }


def threshold(each: Threshold) -> str:
    """“trên 90%”, “từ 70%”."""
    return f"{'trên' if each.above else 'từ'} {each.percent}%"


def has_changed(field: FormField, before: str) -> str:
    """What was done, and the words that take it back."""
    lead = "" if field in (FormField.SIGNER, FormField.RECIPIENTS, FormField.THRESHOLDS) else "mẫu "
    back = f"{lead}{NAMES[field].lower()}: {before or 'để trống'}"
    return f"Đã sửa {NAMES[field].lower()}. Như cũ: “{back}”."


def form_taken(name: str) -> Message:
    line = f"Từ nay báo cáo Word soạn theo mẫu “{name}”. Dùng lại mẫu trước: “bỏ mẫu”."
    return Message((Line(line),), (Choice("Bỏ mẫu", "bỏ mẫu"), Choice("Soạn thử", "word")))


def form_dropped(name: str, before: str) -> Message:
    now = f"mẫu “{before}”" if before else "mẫu mặc định của chương trình"
    return Message(
        (
            Line(
                f"Đã bỏ mẫu “{name}”; báo cáo Word soạn theo {now}. Dùng lại: gửi lại tệp mẫu, ghi kèm “mẫu”."
            ),
        )
    )


def is_shipped_form() -> Message:
    return Message((Line("Đang dùng mẫu mặc định của chương trình nên không có mẫu nào để bỏ."),))


def name_needed() -> str:
    return "Tên cơ quan không để trống được; ví dụ: “mẫu tên cơ quan: Sở Thông tin và Truyền thông”."
