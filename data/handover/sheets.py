"""The tables for people: what each shows, under which headings, in which order."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from data.tables import (
    Answer,
    Chat,
    DayOff,
    Decision,
    Duty,
    DutyUnit,
    Evidence,
    Letter,
    Obligation,
    Occurrence,
    Plan,
    Trail,
    Unit,
)

Rows = Select[*tuple[Any, ...]]
_SUCCESSOR, _OTHER = aliased(Unit), aliased(Unit)


@dataclass(frozen=True)
class Sheet:
    """A table: its headings are the labels of what is selected."""

    name: str
    about: str
    rows: Rows


_WORK: tuple[ColumnElement[Any], ...] = (
    col(Plan.number).label("Kế hoạch"),
    col(Duty.code).label("Mã nhiệm vụ"),
    col(Duty.content).label("Nhiệm vụ"),
    col(Unit.name).label("Đơn vị"),
    col(Obligation.short_code).label("Mã việc"),
)


def shown(*columns: ColumnElement[Any]) -> Rows:
    """What is selected, each under its own heading."""
    return select(*columns)


def _work(of: type[Answer | Decision | Evidence], *columns: ColumnElement[Any]) -> Rows:
    """What was said, decided or given, beside the work that it is about."""
    said = shown(*_WORK, *columns).select_from(of).join(Obligation, col(of.obligation_id) == Obligation.id)
    return _down_to_the_unit(said).order_by(col(of.id))


def _down_to_the_unit(obligations: Rows) -> Rows:
    """With the duty of each obligation, its plan and its unit."""
    return (
        obligations.join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .join(Duty, col(Occurrence.duty_id) == Duty.id)
        .join(Plan, col(Duty.plan_id) == Plan.id)
        .join(Unit, col(Obligation.unit_id) == Unit.id)
    )


UNITS = Sheet(
    "don-vi",
    "Đơn vị",
    shown(
        col(Unit.name).label("Tên đơn vị"),
        col(Unit.kind).label("Loại"),
        col(Unit.valid_from).label("Từ ngày"),
        col(Unit.valid_to).label("Đến ngày"),
        col(_SUCCESSOR.name).label("Đơn vị kế tục"),
    )
    .outerjoin(_SUCCESSOR, col(Unit.successor_id) == _SUCCESSOR.id)
    .order_by(col(Unit.id)),
)
PLANS = Sheet(
    "ke-hoach",
    "Kế hoạch",
    shown(
        col(Plan.number).label("Số, ký hiệu"),
        col(Plan.title).label("Trích yếu"),
        col(Plan.state).label("Tình trạng"),
        col(Plan.issued).label("Ngày ban hành"),
        col(Plan.signer).label("Người ký"),
        col(Plan.first_year).label("Từ năm"),
        col(Plan.last_year).label("Đến năm"),
        col(Plan.source_name).label("Tệp"),
        col(Plan.confirmed_at).label("Xác nhận lúc"),
    ).order_by(col(Plan.id)),
)
DUTIES = Sheet(
    "nhiem-vu",
    "Nhiệm vụ trong các kế hoạch",
    shown(
        col(Plan.number).label("Kế hoạch"),
        col(Duty.code).label("Mã nhiệm vụ"),
        col(Duty.heading).label("Nhóm"),
        col(Duty.content).label("Nhiệm vụ"),
        col(Duty.kind).label("Loại"),
        col(Duty.deliverables).label("Sản phẩm"),
        col(Duty.phrase).label("Thời hạn trong kế hoạch"),
        col(Duty.reading).label("Cách hiểu"),
        col(Duty.says).label("Hiểu là"),
        col(Duty.notes).label("Ghi chú"),
        col(Duty.left_out).label("Đã bỏ"),
    )
    .join(Plan, col(Duty.plan_id) == Plan.id)
    .order_by(col(Plan.id), col(Duty.position)),
)
WHO_DOES_WHAT = Sheet(
    "phan-cong",
    "Đơn vị chủ trì, phối hợp của từng nhiệm vụ",
    shown(
        col(Plan.number).label("Kế hoạch"),
        col(Duty.code).label("Mã nhiệm vụ"),
        col(DutyUnit.printed).label("Ghi trong kế hoạch"),
        col(DutyUnit.role).label("Vai trò"),
        col(Unit.name).label("Đơn vị"),
    )
    .select_from(DutyUnit)
    .join(Duty, col(DutyUnit.duty_id) == Duty.id)
    .join(Plan, col(Duty.plan_id) == Plan.id)
    .outerjoin(Unit, col(DutyUnit.unit_id) == Unit.id)
    .order_by(col(DutyUnit.id)),
)
WORK = Sheet(
    "phan-viec",
    "Phần việc của từng đơn vị, hạn và kết quả",
    _down_to_the_unit(
        shown(
            *_WORK,
            col(Occurrence.period_key).label("Kỳ"),
            col(Occurrence.last_day).label("Hạn ban đầu"),
            col(Obligation.due).label("Hạn hiện nay"),
            col(Obligation.done_at).label("Hoàn thành lúc"),
            col(Obligation.is_open).label("Còn mở"),
            col(Obligation.in_progress).label("Đang làm"),
            col(Obligation.obstacle).label("Vướng mắc"),
            col(Obligation.not_applicable).label("Không tính"),
            col(Obligation.withdrawn_at).label("Rút lúc"),
        ).select_from(Obligation)
    ).order_by(col(Obligation.id)),
)
ANSWERS = Sheet(
    "bao-cao-cua-don-vi",
    "Báo cáo của đơn vị",
    _work(
        Answer,
        col(Answer.kind).label("Nội dung"),
        col(Answer.text).label("Lời báo cáo"),
        col(Answer.wanted_due).label("Xin lùi đến"),
        col(Answer.claimed_on).label("Ngày đơn vị nêu"),
        col(Answer.quantities).label("Số lượng"),
        col(Answer.links).label("Liên kết"),
        col(Answer.documents).label("Văn bản"),
        col(Answer.sender).label("Người gửi"),
        col(Answer.on_behalf).label("Văn phòng ghi thay"),
        col(Answer.at).label("Lúc"),
        col(Answer.undone_at).label("Hoàn tác lúc"),
    ),
)
DECISIONS = Sheet(
    "quyet-dinh-cua-van-phong",
    "Quyết định của Văn phòng",
    _work(
        Decision,
        col(Decision.kind).label("Quyết định"),
        col(Decision.reason).label("Lý do"),
        col(Decision.due).label("Hạn mới"),
        col(_OTHER.name).label("Chuyển đến"),
        col(Decision.sender).label("Người quyết định"),
        col(Decision.at).label("Lúc"),
        col(Decision.undone_at).label("Hoàn tác lúc"),
    ).outerjoin(_OTHER, col(Decision.to_unit_id) == _OTHER.id),
)
EVIDENCE = Sheet(
    "minh-chung",
    "Tệp minh chứng (trong thư mục minh-chung)",
    _work(
        Evidence,
        col(Evidence.id).label("Số tệp"),
        col(Evidence.file_name).label("Tên tệp"),
        col(Evidence.sender).label("Người gửi"),
        col(Evidence.at).label("Lúc"),
        col(Evidence.removed_at).label("Bỏ lúc"),
    ),
)
CHATS = Sheet(
    "kenh",
    "Nơi nhận tin đã liên kết",
    shown(
        col(Chat.title).label("Tên"),
        col(Chat.role).label("Vai trò"),
        col(Chat.channel).label("Kênh"),
        col(Chat.linked_at).label("Liên kết lúc"),
        col(Chat.left_at).label("Ngừng lúc"),
    ).order_by(col(Chat.id)),
)
CALENDAR = Sheet(
    "ngay-nghi",
    "Ngày nghỉ, làm bù do cơ quan đặt",
    shown(
        col(DayOff.day).label("Ngày"),
        col(DayOff.is_off).label("Nghỉ"),
        col(DayOff.note).label("Lý do"),
        col(DayOff.sender).label("Người đặt"),
        col(DayOff.at).label("Lúc"),
    ).order_by(col(DayOff.day)),
)
LETTERS = Sheet(
    "tin-di",
    "Tin đã gửi (lời trong du-lieu/letter.jsonl)",
    shown(
        col(Chat.title).label("Nơi nhận"),
        col(Letter.kind).label("Loại"),
        col(Letter.state).label("Tình trạng"),
        col(Letter.put_at).label("Soạn lúc"),
        col(Letter.sent_at).label("Gửi lúc"),
        col(Letter.failure).label("Lỗi"),
    )
    .join(Chat, col(Letter.chat_id) == Chat.id)
    .order_by(col(Letter.id)),
)
TRAIL = Sheet(
    "nhat-ky",
    "Nhật ký: ai đã làm gì",
    shown(
        col(Trail.at).label("Lúc"),
        col(Trail.sender).label("Người làm"),
        col(Trail.action).label("Việc"),
        col(Trail.refused).label("Bị từ chối"),
    ).order_by(col(Trail.id)),
)
ALL = (
    *(UNITS, PLANS, DUTIES, WHO_DOES_WHAT, WORK, ANSWERS, DECISIONS, EVIDENCE),
    *(CHATS, CALENDAR, LETTERS, TRAIL),
)
