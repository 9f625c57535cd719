"""The office: its agency, units and their names, its chats and invitations, its calendar."""

from sqlalchemy import func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from data.handover.sheet import Sheet, shown
from data.tables import (
    Agency,
    Chat,
    ChatUnit,
    DayOff,
    FormerName,
    Invitation,
    Unit,
    UnitAlias,
    UnitChange,
)

_SUCCESSOR, _SERVED = aliased(Unit), aliased(Unit)

AGENCIES = Sheet(
    "co-quan",
    "Cơ quan",
    shown(
        col(Agency.name).label("Tên"),
        col(Agency.superior).label("Cơ quan cấp trên"),
        col(Agency.place).label("Địa danh"),
        col(Agency.code).label("Chữ viết tắt"),
        col(Agency.lenient).label("Hạn rơi ngày nghỉ thì lùi"),
        col(Agency.paused_at).label("Tạm dừng nhắc từ"),
        col(Agency.paused_until).label("Tạm dừng đến hết ngày"),
        col(Agency.created_at).label("Lập lúc"),
    ).order_by(col(Agency.id)),
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
        col(Unit.unreached_at).label("Báo chưa có nơi nhận tin lúc"),
    )
    .outerjoin(_SUCCESSOR, col(Unit.successor_id) == _SUCCESSOR.id)
    .order_by(col(Unit.id)),
)
OTHER_NAMES = Sheet(
    "ten-goi-khac",
    "Tên gọi khác của đơn vị",
    shown(col(Unit.name).label("Đơn vị"), col(UnitAlias.alias).label("Tên gọi khác"))
    .join(Unit, col(UnitAlias.unit_id) == Unit.id)
    .order_by(col(UnitAlias.id)),
)
FORMER_NAMES = Sheet(
    "ten-truoc-day",
    "Tên trước đây của đơn vị",
    shown(
        col(Unit.name).label("Đơn vị"),
        col(FormerName.name).label("Tên trước đây"),
        col(FormerName.until).label("Đến hết ngày"),
    )
    .join(Unit, col(FormerName.unit_id) == Unit.id)
    .order_by(col(FormerName.id)),
)
UNIT_CHANGES = Sheet(
    "thay-doi-don-vi",
    "Đổi tên, sáp nhập, chia tách, giải thể đơn vị",
    shown(
        col(UnitChange.kind).label("Việc"),
        col(UnitChange.state).label("Tình trạng"),
        col(UnitChange.on).label("Từ ngày"),
        col(UnitChange.names).label("Đơn vị sau đó"),
        col(UnitChange.sender).label("Người đặt"),
        col(UnitChange.at).label("Lúc"),
        col(UnitChange.done_at).label("Thực hiện lúc"),
    ).order_by(col(UnitChange.id)),
)
_units_served = (
    select(func.aggregate_strings(col(_SERVED.name), "; "))
    .select_from(ChatUnit)
    .join(_SERVED, col(ChatUnit.unit_id) == _SERVED.id)
    .where(col(ChatUnit.chat_id) == Chat.id)
    .scalar_subquery()
)
CHATS = Sheet(
    "kenh",
    "Nơi nhận tin đã liên kết",
    shown(
        col(Chat.title).label("Tên"),
        col(Chat.role).label("Vai trò"),
        _units_served.label("Đơn vị"),
        col(Chat.channel).label("Kênh"),
        col(Chat.bot).label("Bot"),
        col(Chat.address).label("Mã nơi"),
        col(Chat.topic).label("Chủ đề"),
        col(Chat.linked_at).label("Liên kết lúc"),
        col(Chat.left_at).label("Ngừng lúc"),
        col(Chat.lost).label("Mất liên lạc"),
    ).order_by(col(Chat.id)),
)
INVITATIONS = Sheet(
    "ma-moi",
    "Mã mời (không có chính các mã)",
    shown(
        col(Invitation.role).label("Vai trò"),
        col(Unit.name).label("Đơn vị"),
        col(Invitation.made_at).label("Cấp lúc"),
        col(Invitation.expires_at).label("Hết hạn lúc"),
        col(Invitation.used_at).label("Dùng lúc"),
        col(Chat.title).label("Nơi dùng"),
        col(Invitation.withdrawn_at).label("Thu hồi lúc"),
    )
    .select_from(Invitation)
    .outerjoin(Unit, col(Invitation.unit_id) == Unit.id)
    .outerjoin(Chat, col(Invitation.used_by_chat_id) == Chat.id)
    .order_by(col(Invitation.id)),
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
ALL = (AGENCIES, UNITS, OTHER_NAMES, FORMER_NAMES, UNIT_CHANGES, CHATS, INVITATIONS, CALENDAR)
