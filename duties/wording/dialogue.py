"""The guided questions in words: short, each can be skipped, and “thôi” ends them."""

from duties.dialogue import Asks
from duties.message import Choice, Line, Look, Message
from duties.wording.entries import Entry, named
from duties.wording.lists import ALL
from duties.wording.phrases import capitalised

QUESTIONS = {
    Asks.RESULT: "kết quả thế nào? Xin kể ngắn gọn.",
    Asks.COUNTS: "có bao nhiêu tin, bài, hội nghị, người dự? Ví dụ: “4 tin, 2 bài”.",
    Asks.PROOF: "có liên kết hoặc số văn bản nào không? Ví dụ: “https://…”, “báo cáo số 123/BC-VP”.",
    Asks.OBSTACLE: "có vướng mắc gì không? Xin ghi rõ, hoặc trả lời “không”.",
}
HOW = "Gõ “bỏ qua” để sang câu sau, “thôi” để dừng."
SKIP, STOP = Choice("Bỏ qua", "bỏ qua"), Choice("Thôi", "thôi")
NOTHING_ASKED = "Không có câu hỏi nào đang chờ. Gõ “báo cáo” kèm số việc để bắt đầu, ví dụ “báo cáo 2”."
FOR_THE_OFFICE = (
    "Muốn xem số liệu, gõ “tổng hợp”; muốn ghi thay đơn vị, gõ “báo cáo” kèm mã việc, ví dụ “báo cáo #A12”."
)


def question(asks: Asks, entry: Entry) -> Message:
    """One question about one obligation; the first offers the two usual answers."""
    lines = (Line(f"{capitalised(named(entry))}: {QUESTIONS[asks]}"), Line(HOW, Look.QUIET))
    code = f"#{entry.short_code}"
    usual = (Choice("Đã xong", f"xong {code}"), Choice("Đang làm", f"{code} đang làm"))
    first = usual if asks is Asks.RESULT and entry.done_on is None else ()
    return Message(lines, (*first, SKIP, STOP), asks=True)


def asked_again(asks: Asks, entry: Entry) -> Message:
    """The answer was none to this question: nothing is recorded, and it is asked once more."""
    again = question(asks, entry)
    return Message((Line("Chưa ghi nhận gì từ tin này."), *again.lines), again.choices, asks=True)


def ended(entry: Entry) -> Message:
    return Message((Line(f"Đã hết câu hỏi về việc #{entry.short_code}. Cảm ơn đơn vị."),), (ALL,))


def stopped(entry: Entry) -> Message:
    text = f"Vâng, không hỏi thêm về việc #{entry.short_code}; những gì đã ghi vẫn giữ."
    return Message((Line(text),), (ALL,))
