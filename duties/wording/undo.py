"""What is said when something is taken back, or cannot be."""

from collections.abc import Sequence
from dataclasses import replace

from duties.message import Choice, Line, Look, Message
from duties.wording.answers import TAKE_BACK, UNDO

NOTHING_LEFT = "Tin này không còn gì để hoàn tác."
TOO_LATE = "Đã quá 24 giờ nên không hoàn tác được. Nếu cần sửa, xin báo Văn phòng."
DECIDED = "Văn phòng đã quyết định về báo cáo này nên không hoàn tác được."
FROZEN = "Số liệu của kỳ này đã chốt nên không hoàn tác được. Nếu cần sửa, xin báo Văn phòng."


def anothers(sender: str) -> str:
    """In a group each takes back only what they said themselves."""
    by = f"{sender} gửi" if sender else "người khác gửi"
    return f"Báo cáo này do {by}; chỉ người đã gửi hoàn tác được."


def changed_again(what: str) -> str:
    return f"Sau đó đã có thay đổi khác ({what}) nên không hoàn tác được; xin ghi lại điều muốn sửa."


def can_be_undone(message: Message) -> Message:
    """The message with how to take it back, once."""
    if UNDO in message.text or any(choice.label == TAKE_BACK.label for choice in message.choices):
        return message
    choices: tuple[Choice, ...] = (TAKE_BACK, *message.choices)
    return replace(message, lines=(*message.lines, Line(UNDO, Look.QUIET)), choices=choices)


# What cannot be taken back by itself, by how it begins: the words that mend it.
OTHERWISE = {
    "thêm đơn vị": "Sai tên: “đổi tên Phòng … thành Phòng …”; không còn dùng: “giải thể Phòng …”.",
    "xác nhận kế hoạch": "Sửa từng việc: “1.3 hạn 20/6”, “không tính #A12”, “chuyển #A12 sang Phòng …”; sửa nhiều: gửi bản điều chỉnh.",
    "bỏ kênh": "Muốn nối lại: “/moi Phòng …” để lấy mã mời mới.",
    "gửi thông báo": "Muốn đính chính: gửi thông báo mới bằng “thông báo: …”.",
}


def no_way_back(what: str) -> str:
    """Why nothing happened, and which words help instead."""
    instead = next((how for begins, how in OTHERWISE.items() if what.startswith(begins)), "")
    return f"Không tự hoàn tác được ({what}). {instead or 'Xin ghi lại điều muốn sửa.'}"


def put_back(what: str, told: Sequence[Message]) -> Message:
    """What was taken back, and what the words that did it had to say, in one letter."""
    said = (replace(line, text=line.text.replace(f" {UNDO}", "")) for each in told for line in each.lines)
    return Message((Line(f"Đã hoàn tác: {what}."), *said))


EDIT_UNCLEAR = (
    "Chưa hiểu tin vừa sửa nên phần đã ghi từ tin trước vẫn giữ nguyên. Muốn bỏ phần đó, gõ “hoàn tác”."
)


def edit_too_late(why: str) -> str:
    return f"Tin vừa sửa không được ghi: {why} Phần đã ghi trước đó vẫn giữ nguyên."


def edited(told: Sequence[Message]) -> list[Message]:
    """Said first, so that nobody wonders why one thing is taken back and another recorded."""
    return [
        replace(told[0], lines=(Line("Tin đã được sửa nên ghi lại từ đầu."), *told[0].lines), choices=()),
        *told[1:],
    ]
