"""What is said when rows of a draft are put together, parted, or taken in."""

from collections.abc import Sequence

from duties.message import Choice, Line, Look, Message
from duties.wording.entries import shortened
from duties.wording.plans import corrected

MOST_ASKED = 8


def merged(name: str, others: Sequence[str], content: str, question: str) -> Message:
    """“Đã gộp 2.4 vào 2.3: “…”. Lúc khác muốn tách ra: gõ “tách 2.3”.”"""
    done = corrected(f"Đã gộp dòng {_listed(others)} vào nhiệm vụ {name}: “{shortened(content, 160)}”.")
    asked = (Line(question),) if question else ()
    return Message(
        (*done.lines, *asked, Line(f"Lúc khác muốn tách ra: gõ “tách {name}”.", Look.QUIET)), done.choices
    )


def parted(names: Sequence[str]) -> Message:
    return corrected(
        f"Đã tách {_listed(names)} như trước khi gộp. Điều đã sửa ở nhiệm vụ gộp thì xin sửa lại ở từng dòng."
    )


def taken_in(name: str, content: str) -> Message:
    done = corrected(f"Đã lấy lại dòng “{shortened(content, 120)}” thành nhiệm vụ {name}.")
    next_step = f"Xin ghi thời hạn và đơn vị: “{name} hạn …”, “{name} giao Phòng …”."
    return Message((*done.lines, Line(next_step, Look.QUIET)), done.choices)


def one_row_only(name: str) -> str:
    return f"Chỉ thấy một dòng là {name}; xin ghi từ hai dòng khác nhau, ví dụ “gộp 2.3 và 2.4”."


def is_in_another(name: str, into: str, *, is_draft: bool) -> str:
    """Only the rows of a draft can be parted."""
    next_step = f"muốn tách ra thì gõ “tách {into}”" if is_draft else f"xin ghi {into} thay cho {name}"
    return f"Nhiệm vụ {name} đã gộp vào {into}; {next_step}."


def is_left_out(name: str) -> str:
    return f"Nhiệm vụ {name} đã bỏ khỏi kế hoạch; gõ “lấy lại {name}” trước."


def has_event(name: str) -> str:
    return f"Nhiệm vụ {name} đã ghi ngày xảy ra sự kiện nên chưa gộp; gõ “bỏ sự kiện … của {name}” trước."


def not_merged(name: str) -> str:
    return f"Nhiệm vụ {name} không gộp từ dòng nào nên không có gì để tách."


def is_taken(text: str, name: str) -> str:
    return f"Dòng “{shortened(text, 80)}” đã lấy lại thành nhiệm vụ {name}."


def no_row_out(said: str, *, has_any: bool) -> str:
    if not has_any:
        return "Kế hoạch này không có dòng nào bị loại khi đọc."
    return f"Không có dòng không tính “{said}”. Gõ /kehoach để xem các dòng không tính là nhiệm vụ."


def which_row_out(found: Sequence[tuple[int, str, str]]) -> Message:
    """Several rows stand at such a place: which one, by its number and its words."""
    lines = [
        Line(f"- {number}. “{shortened(text, 90)}” ({where})", Look.ITEM)
        for number, text, where in found[:MOST_ASKED]
    ]
    more = len(found) - MOST_ASKED
    lines += [Line(f"và {more} dòng khác; gõ /kehoach để xem.", Look.QUIET)] if more > 0 else []
    choices = tuple(
        Choice(f"Dòng không tính {number}", f"lấy lại dòng không tính {number}")
        for number, *_ in found[:MOST_ASKED]
    )
    return Message((Line("Có nhiều dòng như vậy; lấy lại dòng nào?"), *lines), choices)


def _listed(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} và {last}" if first else last
