"""What came in and what went out."""

from typing import Any

from sqlmodel import col

from data.handover.sheet import Sheet, shown
from data.letters import as_message
from data.tables import Chat, Inbox, Letter
from duties.wording.letters import topic


def _words(body: dict[str, Any]) -> str:
    return as_message(body).text


INCOMING = Sheet(
    "tin-den",
    "Tin đến",
    shown(
        col(Inbox.id).label("Số"),
        col(Inbox.channel).label("Kênh"),
        col(Inbox.address).label("Mã nơi"),
        col(Inbox.sender).label("Người gửi"),
        col(Inbox.text).label("Lời"),
        col(Inbox.file_name).label("Tệp"),
        col(Inbox.received_at).label("Đến lúc"),
        col(Inbox.handled_at).label("Xử lý lúc"),
        col(Inbox.failed).label("Không xử lý được"),
        col(Inbox.edits_id).label("Sửa tin số"),
        col(Inbox.let_go_at).label("Xóa lời lúc"),
    ).order_by(col(Inbox.id)),
)
LETTERS = Sheet(
    "tin-di",
    "Tin đi",
    shown(
        col(Chat.title).label("Nơi nhận"),
        col(Chat.channel).label("Kênh"),
        col(Letter.kind).label("Loại"),
        col(Letter.key).label("Là"),
        col(Letter.state).label("Tình trạng"),
        col(Letter.body).label("Lời"),
        col(Letter.file_name).label("Tệp kèm"),
        col(Letter.put_at).label("Soạn lúc"),
        col(Letter.sent_at).label("Gửi lúc"),
        col(Letter.attempts).label("Số lần gửi"),
        col(Letter.maybe_twice).label("Có thể trùng"),
        col(Letter.failure).label("Lỗi"),
        col(Letter.let_go_at).label("Xóa lời lúc"),
    )
    .join(Chat, col(Letter.chat_id) == Chat.id)
    .order_by(col(Letter.id)),
    {"Là": topic, "Lời": _words},
)
ALL = (INCOMING, LETTERS)
