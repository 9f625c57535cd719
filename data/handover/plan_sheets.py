"""Plans: what they say, who does what, and what the office added to them."""

from sqlalchemy.orm import aliased
from sqlmodel import col

from data.handover.sheet import Sheet, shown
from data.tables import Duty, DutyEvent, DutyUnit, Milestone, Plan, PlanFile, Unit

_CHANGED = aliased(Plan)

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
        col(_CHANGED.number).label("Điều chỉnh cho"),
        col(Plan.source_name).label("Tệp"),
        col(Plan.source_hash).label("SHA-256 của tệp"),
        col(Plan.created_at).label("Nạp lúc"),
        col(Plan.confirmed_at).label("Xác nhận lúc"),
    )
    .outerjoin(_CHANGED, col(Plan.edition_of_id) == _CHANGED.id)
    .order_by(col(Plan.id)),
)
FILES = Sheet(
    "tep-ke-hoach",
    "Tệp thêm (phụ lục) của kế hoạch",
    shown(
        col(Plan.number).label("Kế hoạch"),
        col(PlanFile.source_name).label("Tệp"),
        col(PlanFile.source_hash).label("SHA-256 của tệp"),
        col(PlanFile.at).label("Lúc"),
    )
    .select_from(PlanFile)
    .join(Plan, col(PlanFile.plan_id) == Plan.id)
    .order_by(col(PlanFile.id)),
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
        col(Duty.receiver).label("Nơi nhận báo cáo"),
        col(Duty.forms).label("Hình thức"),
        col(Duty.deliverables).label("Sản phẩm"),
        col(Duty.phrase).label("Thời hạn trong kế hoạch"),
        col(Duty.reading).label("Cách hiểu"),
        col(Duty.says).label("Hiểu là"),
        col(Duty.notes).label("Ghi chú"),
        col(Duty.needs_evidence).label("Cần minh chứng"),
        col(Duty.left_out).label("Đã bỏ"),
        col(Duty.place).label("Chỗ trong tệp"),
        col(Duty.printed).label("Nguyên văn"),
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
        col(DutyUnit.bullets).label("Gạch đầu dòng số"),
    )
    .select_from(DutyUnit)
    .join(Duty, col(DutyUnit.duty_id) == Duty.id)
    .join(Plan, col(Duty.plan_id) == Plan.id)
    .outerjoin(Unit, col(DutyUnit.unit_id) == Unit.id)
    .order_by(col(DutyUnit.id)),
)
EVENTS = Sheet(
    "su-kien",
    "Sự kiện mà nhiệm vụ chờ",
    shown(
        col(Plan.number).label("Kế hoạch"),
        col(Duty.code).label("Mã nhiệm vụ"),
        col(DutyEvent.day).label("Ngày xảy ra"),
        col(DutyEvent.due).label("Hạn Văn phòng đặt"),
        col(DutyEvent.sender).label("Người ghi"),
        col(DutyEvent.at).label("Lúc"),
        col(DutyEvent.withdrawn_at).label("Rút lúc"),
    )
    .select_from(DutyEvent)
    .join(Duty, col(DutyEvent.duty_id) == Duty.id)
    .join(Plan, col(Duty.plan_id) == Plan.id)
    .order_by(col(DutyEvent.id)),
)
MILESTONES = Sheet(
    "moc-hoi",
    "Mốc hỏi tiến độ",
    shown(
        col(Plan.number).label("Kế hoạch"),
        col(Duty.code).label("Mã nhiệm vụ"),
        col(Milestone.day).label("Ngày"),
        col(Milestone.about).label("Về việc"),
        col(Milestone.sender).label("Người đặt"),
        col(Milestone.at).label("Lúc"),
        col(Milestone.withdrawn_at).label("Rút lúc"),
    )
    .select_from(Milestone)
    .join(Duty, col(Milestone.duty_id) == Duty.id)
    .join(Plan, col(Duty.plan_id) == Plan.id)
    .order_by(col(Milestone.id)),
)
ALL = (PLANS, FILES, DUTIES, WHO_DOES_WHAT, EVENTS, MILESTONES)
