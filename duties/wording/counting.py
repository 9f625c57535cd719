"""How the numbers of a report are counted, told to whoever checks them."""

from duties.facts import Fact
from duties.report import Report
from duties.wording.dates import day
from duties.wording.summary import data_until
from duties.wording.unwatched import left_out
from duties.workdays import day_of

# the rows of totals, wherever they are written: every unit's part, and what the plan asks for
PARTS, DUTIES = "Cộng phần việc", "Theo nhiệm vụ của kế hoạch"
NOTHING_IN_WINDOW = "Không có nhiệm vụ nào trong kỳ."
IN_WINDOW, ONGOING, CARRIED, NOT_APPLICABLE = (
    "đến hạn trong kỳ",
    "thường xuyên",
    "kỳ trước chuyển sang",
    "không áp dụng",
)


def counted_as(fact: Fact, *, carried_over: bool) -> str:
    """Whether an obligation is in the denominator, and if not, why."""
    if carried_over:
        return CARRIED
    if fact.not_applicable:
        return NOT_APPLICABLE
    return ONGOING if fact.ongoing else IN_WINDOW


def how_counted(report: Report) -> list[str]:
    window = report.window
    span = f"{day(window.span.start)} – {day(window.span.end)}"
    frozen = report.summary.frozen
    closed = (
        f"Số liệu đã chốt ngày {day(day_of(frozen.at))}; thay đổi sau đó không làm đổi các con số này."
        if frozen
        else ""
    )
    lines = (
        f"Kỳ: {window.name} ({span}). {data_until(report.summary.as_of)}.",
        closed,
        "Phần việc: một nhiệm vụ của kế hoạch, một kỳ hạn, một đơn vị phải làm. Nhiệm vụ giao nhiều đơn vị có nhiều phần việc.",
        f"Một phần việc thuộc kỳ nếu kỳ hạn của nó kết thúc trong kỳ; gia hạn không chuyển nó sang kỳ khác ({IN_WINDOW}).",
        "Bốn mức độ: hoàn thành đúng hạn; hoàn thành quá hạn; chưa hoàn thành, còn hạn; chưa hoàn thành, quá hạn. "
        "Cộng bốn mức độ bằng số phần việc đến hạn.",
        "Theo nhiệm vụ: một nhiệm vụ hoàn thành khi mọi đơn vị hoàn thành, đúng hạn khi mọi đơn vị đúng hạn; "
        "quá hạn khi còn đơn vị chưa hoàn thành đã quá hạn.",
        "Tỷ lệ hoàn thành = (hoàn thành đúng hạn + hoàn thành quá hạn) / số đến hạn. Tỷ lệ đúng hạn = hoàn thành đúng hạn / số đến hạn.",
        f"Không tính vào tỷ lệ: {ONGOING} (không có ngày hạn), {CARRIED}, {NOT_APPLICABLE} (theo quyết định của Văn phòng).",
        left_out(report.lacking),
        "Ngày hoàn thành là ngày đơn vị báo xong, hoặc ngày sớm hơn mà Văn phòng đã chấp nhận.",
        "Các tổng ở trang “Theo đơn vị” và “Theo nhiệm vụ” là công thức trên trang “Nhiệm vụ”: sửa cột “Mức độ” hoặc “Tính vào” "
        "thì tổng đổi theo. Lọc không làm đổi tổng.",
    )
    return [line for line in lines if line]
