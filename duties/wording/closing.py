"""What is said when the office closes the numbers of a window, or opens them again."""

from duties.freeze import Frozen
from duties.message import Choice, Line, Message
from duties.summary import Summary
from duties.windows import Window
from duties.wording.dates import day
from duties.wording.numbers import whole
from duties.wording.summary import closed, percent, small


def is_closed(summary: Summary) -> Message:
    """What was kept, what that means, and how to take it back."""
    name, counts = small(summary.window.name), summary.occurrences
    rate = f" ({percent(counts.rate)}%)" if counts.rate is not None else ""
    lines = (
        f"Đã chốt số liệu {name}, tính đến hết ngày {day(summary.as_of)}: {whole(counts.total)} nhiệm vụ, "
        f"hoàn thành {whole(counts.done)}{rate}; {whole(summary.obligations.total)} phần việc, "
        f"hoàn thành {whole(summary.obligations.done)}.",
        "Từ nay số liệu kỳ này không đổi; báo cáo đã tính vào thì đơn vị không hoàn tác được nữa, việc đổi sau đó "
        "được ghi riêng.",
        f"Muốn mở lại: “bỏ chốt {name}”.",
    )
    choices = (Choice("Word", f"word {name}"), Choice("Bỏ chốt", f"bỏ chốt {name}"))
    return Message(tuple(Line(line) for line in lines), choices)


def is_open_again(window: Window) -> Message:
    name = small(window.name)
    line = Line(
        f"Đã bỏ chốt số liệu {name}; số liệu được tính lại từ các báo cáo hiện có. Chốt lại: “chốt số liệu {name}”."
    )
    return Message(
        (line,), (Choice("Tổng hợp", f"/tonghop {name}"), Choice("Chốt lại", f"chốt số liệu {name}"))
    )


def closed_before(window: Window, frozen: Frozen) -> str:
    name = small(window.name)
    return f"Số liệu {name} {closed(frozen)}; muốn chốt lại thì gõ “bỏ chốt {name}” trước."


def not_closed(window: Window) -> str:
    return f"Số liệu {small(window.name)} chưa chốt nên không có gì để bỏ."


def too_early(window: Window) -> str:
    return f"Số liệu {small(window.name)} tính đến hết ngày {day(window.cut_off)}; chưa đến ngày đó nên chưa chốt được."


def nothing_to_close(window: Window) -> str:
    return f"Kỳ {small(window.name)} không có phần việc nào nên không có gì để chốt."


def whole_agency_only() -> str:
    return "Số liệu được chốt cho cả cơ quan; xin chỉ ghi kỳ, ví dụ: “chốt số liệu quý 2”."


def which_window(verb: str, windows: tuple[Window, ...]) -> Message:
    """“Chốt số liệu” without a window is asked back: closing is not guessed."""
    choices = tuple(Choice(window.name, f"{verb} {small(window.name)}") for window in windows)
    example = f"; ví dụ: “{verb} quý 2”" if not windows else ""
    return Message((Line(f"Xin cho biết kỳ nào{example}."),), choices)
