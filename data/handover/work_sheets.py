"""The work: what each unit owes, what it answered, what was decided, which evidence it gave, of what it was reminded."""

from sqlalchemy.orm import aliased
from sqlmodel import col

from data.handover.sheet import WORK, Sheet, down_to_the_unit, of_work, shown
from data.tables import (
    Answer,
    Chat,
    Decision,
    Evidence,
    FormerOwner,
    Freeze,
    Letter,
    Nudge,
    Obligation,
    Occurrence,
    StoredFile,
    Unit,
    WaitingFile,
)
from duties.windows import window_of_key
from duties.wording.letters import told_as

_OTHER = aliased(Unit)

OWED = Sheet(
    "phan-viec",
    "Phần việc của từng đơn vị, hạn và kết quả",
    down_to_the_unit(
        shown(
            *WORK,
            col(Obligation.bullets).label("Gạch đầu dòng số"),
            col(Occurrence.period_key).label("Kỳ"),
            col(Occurrence.period_start).label("Kỳ từ ngày"),
            col(Occurrence.period_end).label("Kỳ đến ngày"),
            col(Occurrence.stated).label("Ngày ghi trong kế hoạch"),
            col(Occurrence.last_day).label("Hạn ban đầu"),
            col(Occurrence.at).label("Giờ"),
            col(Obligation.due).label("Hạn hiện nay"),
            col(Obligation.done_at).label("Hoàn thành lúc"),
            col(Obligation.is_open).label("Còn mở"),
            col(Obligation.in_progress).label("Đang làm"),
            col(Obligation.obstacle).label("Vướng mắc"),
            col(Obligation.not_applicable).label("Không tính"),
            col(Obligation.held).label("Chờ Văn phòng cho biết đã xong chưa"),
            col(Obligation.withdrawn_at).label("Rút lúc"),
            col(Obligation.since).label("Theo dõi từ"),
            col(Obligation.snoozed_until).label("Hẹn nhắc lại từ"),
            col(Obligation.next_rung_on).label("Lần nhắc tới"),
        ).select_from(Obligation)
    ).order_by(col(Obligation.id)),
)
FORMER_OWNERS = Sheet(
    "don-vi-lam-truoc",
    "Đơn vị đã làm phần việc trước khi sáp nhập, chia tách",
    of_work(
        FormerOwner, col(_OTHER.name).label("Đơn vị trước"), col(FormerOwner.until).label("Đến hết ngày")
    ).join(_OTHER, col(FormerOwner.unit_id) == _OTHER.id),
)
ANSWERS = Sheet(
    "bao-cao-cua-don-vi",
    "Báo cáo của đơn vị",
    of_work(
        Answer,
        col(Answer.kind).label("Nội dung"),
        col(Answer.text).label("Lời báo cáo"),
        col(Answer.wanted_due).label("Xin lùi đến"),
        col(Answer.claimed_on).label("Ngày đơn vị nêu"),
        col(Answer.quantities).label("Số lượng"),
        col(Answer.deliverables).label("Sản phẩm số"),
        col(Answer.links).label("Liên kết"),
        col(Answer.documents).label("Văn bản"),
        col(Answer.sender).label("Người gửi"),
        col(Chat.title).label("Nơi gửi"),
        col(Chat.channel).label("Kênh"),
        col(Answer.on_behalf).label("Văn phòng ghi thay"),
        col(Answer.at).label("Lúc"),
        col(Answer.undone_at).label("Hoàn tác lúc"),
    ).outerjoin(Chat, col(Answer.chat_id) == Chat.id),
)
DECISIONS = Sheet(
    "quyet-dinh-cua-van-phong",
    "Quyết định của Văn phòng",
    of_work(
        Decision,
        col(Decision.kind).label("Quyết định"),
        col(Decision.reason).label("Lý do"),
        col(Decision.due).label("Hạn mới"),
        col(_OTHER.name).label("Chuyển đến"),
        col(Decision.sender).label("Người quyết định"),
        col(Chat.title).label("Nơi quyết định"),
        col(Chat.channel).label("Kênh"),
        col(Decision.at).label("Lúc"),
        col(Decision.undone_at).label("Hoàn tác lúc"),
    )
    .outerjoin(_OTHER, col(Decision.to_unit_id) == _OTHER.id)
    .outerjoin(Chat, col(Decision.chat_id) == Chat.id),
)
EVIDENCE = Sheet(
    "minh-chung",
    "Tệp minh chứng (trong thư mục minh-chung)",
    of_work(
        Evidence,
        col(Evidence.id).label("Số tệp"),
        col(Evidence.file_name).label("Tên tệp"),
        col(StoredFile.media_type).label("Loại tệp"),
        col(StoredFile.size).label("Số byte"),
        col(StoredFile.sha256).label("SHA-256"),
        col(Evidence.sender).label("Người gửi"),
        col(Evidence.at).label("Lúc"),
        col(Evidence.removed_at).label("Bỏ lúc"),
        col(StoredFile.let_go_at).label("Xóa vì hết hạn giữ lúc"),
    ).join(StoredFile, col(Evidence.file_id) == StoredFile.id),
)
WAITING_FILES = Sheet(
    "tep-cho",
    "Tệp gửi đến mà chưa nói là của việc nào (trong thư mục minh-chung/khac)",
    shown(
        col(Chat.title).label("Nơi gửi"),
        col(WaitingFile.file_name).label("Tên tệp"),
        col(StoredFile.sha256).label("SHA-256"),
        col(WaitingFile.sender).label("Người gửi"),
        col(WaitingFile.at).label("Lúc"),
        col(WaitingFile.placed_at).label("Xếp vào việc lúc"),
    )
    .select_from(WaitingFile)
    .join(Chat, col(WaitingFile.chat_id) == Chat.id)
    .join(StoredFile, col(WaitingFile.file_id) == StoredFile.id)
    .order_by(col(WaitingFile.id)),
)
NUDGES = Sheet(
    "lan-nhac",
    "Các lần nhắc",
    of_work(
        Nudge,
        col(Nudge.rung).label("Lần nhắc"),
        col(Nudge.audience).label("Nhắc ai"),
        col(_OTHER.name).label("Đơn vị được nhắc"),
        col(Nudge.on).label("Ngày"),
        col(Nudge.reckoned_from).label("Tính từ hạn"),
        col(Letter.sent_at).label("Tin gửi lúc"),
        col(Nudge.dropped).label("Thôi vì đã trả lời hoặc đổi hạn"),
    )
    .outerjoin(_OTHER, col(Nudge.to_unit_id) == _OTHER.id)
    .outerjoin(Letter, col(Nudge.letter_id) == Letter.id),
    {"Lần nhắc": lambda rung: told_as(rung) or rung},
)
FREEZES = Sheet(
    "chot-so-lieu",
    "Các lần chốt số liệu (số liệu trong du-lieu/freeze.jsonl)",
    shown(
        col(Freeze.window_key).label("Kỳ báo cáo"),
        col(Freeze.sender).label("Người chốt"),
        col(Freeze.at).label("Lúc"),
        col(Freeze.withdrawn_at).label("Mở lại lúc"),
    ).order_by(col(Freeze.id)),
    {"Kỳ báo cáo": lambda key: window_of_key(key).name},
)
ALL = (OWED, FORMER_OWNERS, ANSWERS, DECISIONS, EVIDENCE, WAITING_FILES, NUDGES, FREEZES)
