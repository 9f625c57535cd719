"""Reports to write from: as many duties and units as a test needs, with everything a row can hold."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from duties.deadline import Period
from duties.facts import Counted, Fact, Numbers
from duties.progress import Value
from duties.report import Letterhead, PlanRef, Proof, Quote, Report, Row
from duties.summary import summarise
from duties.windows import quarter_window
from duties.wording.report_notes import notes_of
from tests.conftest import hanoi

WINDOW = quarter_window(2022, 2)
AS_OF = WINDOW.cut_off
MADE_ON = date(2022, 6, 16)
LETTERHEAD = Letterhead(
    agency="Sở Thông tin và Truyền thông",
    superior="UBND tỉnh Khánh Hòa",
    place="Khánh Hòa",
    code="STTTT",
    addressed_to=("UBND tỉnh Khánh Hòa",),
    recipients=("Sở Nội vụ", "Ban Giám đốc Sở", "Các phòng, đơn vị thuộc Sở"),
    authority=("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"),
    signer="Phạm Duy Lộc",
)
PLAN = PlanRef(
    1,
    "485/KH-STTTT",
    "Tuyên truyền cải cách hành chính của Sở Thông tin và Truyền thông tỉnh Khánh Hòa năm 2022",
    date(2022, 2, 25),
)
UNITS = (
    "Văn phòng Sở",
    "Phòng Thông tin - Báo chí - Xuất bản",
    "Phòng CNTT - Bưu chính - Viễn thông",
    "Ban Biên tập Trang Thông tin điện tử của Sở",
    "Trung tâm Cổng Thông tin điện tử",
    "Trung tâm Công nghệ thông tin và Dịch vụ hành chính công trực tuyến",
)
GROUPS = (
    "1. Tuyên truyền cho cán bộ, công chức, viên chức",
    "2. Tuyên truyền cho người dân, tổ chức, doanh nghiệp, nhà đầu tư",
    "3. Hoạt động tuyên truyền trọng điểm theo phân công của UBND tỉnh",
)
CONTENT = (
    "Tuyên truyền mục tiêu, nội dung trọng tâm Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030; "
    "Chương trình cải cách hành chính tỉnh Khánh Hòa giai đoạn 2021 - 2030",
    "Thông tin về các mô hình, cơ chế đang được triển khai thí điểm, các điển hình tốt, cán bộ, công chức tiêu biểu",
    "Tổ chức các lớp đào tạo, bồi dưỡng nguồn nhân lực CNTT phục vụ chuyển đổi số",
)
FORMS = ("Phổ biến trong cuộc họp giao ban", "Cập nhật tin, bài trên Trang TTĐT của Sở")
VALUES = (Value.ON_TIME, Value.ON_TIME, Value.LATE, Value.OPEN, Value.OVERDUE)
QUARTER = Period(date(2022, 4, 1), date(2022, 6, 30))
PICTURE = Proof(1, "anh hoi nghi.jpg", "a" * 64, 3, "image/jpeg", hanoi("2022-06-01 09:00"))


def fact(number: int, *, unit: int = 0, duty: int = 0, value: Value | None = Value.ON_TIME) -> Fact:
    """The obligation of a unit, of a duty that several units may share."""
    due = date(2022, 6, 30) if value is Value.OPEN else date(2022, 5, 31)
    return Fact(
        obligation_id=number,
        occurrence_id=duty + 1,
        duty_id=duty + 1,
        unit_id=unit + 1,
        unit=name_of_unit(unit),
        code=f"{duty % len(GROUPS) + 1}.{duty // len(GROUPS) + 1}",
        content=CONTENT[duty % len(CONTENT)],
        group=GROUPS[duty % len(GROUPS)],
        plan_id=PLAN.id,
        plan=PLAN.number,
        due=due,
        original_last_day=due,
        stated=due,
        period=QUARTER,
        value=value,
        done_on=_done_on(value, due),
        obstacle="Chưa được cấp kinh phí" if value is Value.OVERDUE else "",
        period_name="quý II",
    )


def name_of_unit(place: int) -> str:
    again = place // len(UNITS)
    return UNITS[place % len(UNITS)] + (f" {again + 1}" if again else "")


def _done_on(value: Value | None, due: date) -> date | None:
    days = {Value.ON_TIME: -2, Value.LATE: 3}
    return due + timedelta(days[value]) if value in days else None


def row(number: int, of: Fact) -> Row:
    done = of.is_done
    return Row(
        number=number,
        fact=of,
        forms=FORMS,
        deliverables=("Văn bản triển khai",),
        leads=(of.unit,),
        partners=("Các phòng, đơn vị thuộc Sở",),
        quotes=(Quote(of.done_on, "Đã phổ biến tại giao ban, đăng Trang TTĐT"),) if of.done_on else (),
        quantities=(("tin", 4), ("bài", 2)) if done else (),
        links=("https://stttt.khanhhoa.gov.vn/tin/1",) if done else (),
        documents=("12/BC-VP",) if done else (),
        files=(PICTURE,) if done else (),
        notes=tuple(notes_of(of)),
    )


def report(rows: int = 12, units: int = 6, *, letterhead: Letterhead = LETTERHEAD) -> Report:
    """So many obligations in the plan's order, spread over so many units; every third duty is shared by two."""
    duties = sorted(range(rows), key=lambda each: (each * 2 // 3) % len(GROUPS))
    facts = [
        fact(number, unit=each % units, duty=each * 2 // 3, value=VALUES[each % len(VALUES)])
        for number, each in enumerate(duties, 1)
    ]
    return report_of(facts, letterhead=letterhead)


def report_of(
    facts: Sequence[Fact], *, carried: Iterable[Fact] = (), letterhead: Letterhead = LETTERHEAD
) -> Report:
    """A report whose numbers are reckoned from the facts; what counts 4 tin and 2 bài is what was done."""
    told = tuple(Counted(AS_OF, {"tin": 4, "bài": 2}, each.obligation_id) for each in facts if each.is_done)
    before = tuple(carried)
    inside = [each for each in facts if each.belongs_to(WINDOW)]
    return Report(
        letterhead=letterhead,
        summary=summarise(WINDOW, Numbers(AS_OF, (*before, *facts), told)),
        made_on=MADE_ON,
        plans=(PLAN,),
        rows=tuple(row(number, each) for number, each in enumerate(inside, 1)),
        carried_over=tuple(row(number, each) for number, each in enumerate(before, len(inside) + 1)),
        reminders=14,
        documents=("12/BC-VP",) if told else (),
    )


def coming(number: int) -> Fact:
    """Due in the window after this one."""
    due = date(2022, 9, 30)
    later = Period(date(2022, 7, 1), due)
    open_one = fact(number, duty=number, value=Value.OPEN)
    return replace(open_one, due=due, original_last_day=due, period=later, period_name="quý III")


def carried_over(number: int) -> Fact:
    """From the window before, and still not done."""
    due = date(2022, 3, 31)
    before = Period(date(2022, 1, 1), due)
    late = fact(number, unit=1, duty=number, value=Value.OVERDUE)
    return replace(late, due=due, original_last_day=due, period=before, period_name="quý I")
