"""What is said of a plan that comes in several files."""

from collections.abc import Sequence

from duties.message import Choice, Line, Look, Message
from duties.wording.plans import PlanRead, named

ANNEX = "phụ lục của kế hoạch này"


def is_it_annex(plan: PlanRead) -> Message:
    """Asked below a file that was read while another draft waits."""
    text = f"Trước đó còn {named(plan)} đang chờ xác nhận. Tệp vừa gửi là phụ lục của kế hoạch đó thì gõ “{ANNEX}”; là kế hoạch khác thì không cần trả lời."
    return Message((Line(text),), choices=(Choice("Là phụ lục của kế hoạch trước", ANNEX),))


def maybe_annex(refused: str, plan: PlanRead) -> str:
    return f"{refused} Nếu tệp là phụ lục của {named(plan)}, xin gửi lại tệp kèm lời “{ANNEX}”."


def joined(names: Sequence[str], files: int) -> Message:
    listed = ", ".join(f"“{name}”" for name in names)
    return Message(
        (
            Line(f"Đã ghép {listed}; kế hoạch nay gồm {files} tệp và được đọc lại từ đầu.", Look.TITLE),
            Line("Điều đã sửa trước khi ghép cần sửa lại. Ghép nhầm: gõ “tách phụ lục”.", Look.QUIET),
        )
    )


def taken_out(name: str) -> Message:
    return Message((Line(f"Đã tách “{name}” khỏi kế hoạch; muốn dùng lại tệp này xin gửi lại.", Look.TITLE),))


def no_two_drafts(*, has_one: bool) -> str:
    if has_one:
        return (
            "Chỉ có một kế hoạch đang chờ xác nhận; xin gửi tệp phụ lục kèm lời “phụ lục của kế hoạch này”."
        )
    return "Không có kế hoạch nào đang chờ xác nhận; xin gửi tệp kế hoạch trước, rồi gửi phụ lục."


def no_annex() -> str:
    return "Kế hoạch đang chờ xác nhận không có phụ lục nào để tách."
