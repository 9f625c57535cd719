"""A letter says what is to be done, by when, and how to answer."""

from dataclasses import replace
from datetime import date

from duties.intents import Note
from duties.plan import DutyKind
from duties.replies import read_reply
from duties.wording.nudge import Concern, Raised, Told, Urgency, office_letter, slot_letter

TOLD = Told(
    obligation_id=1,
    short_code="A1",
    code="1.1",
    content="Tuyên truyền về cải cách hành chính",
    unit="Phòng Tổ chức",
    urgency=Urgency.SOON,
    due=date(2024, 6, 30),
    days=2,
    until=date(2024, 7, 1),
)
ASKED = replace(TOLD, urgency=Urgency.ASKED, due=date(2024, 12, 31), until=None, window="Quý I năm 2024")
REPORT = replace(
    TOLD,
    code="IV.4",
    content="Các phòng, đơn vị báo cáo kết quả định kỳ hằng quý về Văn phòng Sở để tổng hợp",
    kind=DutyKind.REPORT,
    receiver="Văn phòng Sở",
    period="quý II",
    occurrence_id=5,
)


# what it is about, and by when


def test_a_report_clause_says_what_to_whom_and_for_which_quarter() -> None:
    assert "1. IV.4 Báo cáo kết quả gửi Văn phòng Sở, quý II — hạn 30/06/2024" in slot_letter([REPORT]).text


def test_working_days_are_counted_up_to_the_due_date() -> None:
    assert "hạn 30/06/2024, còn 2 ngày làm việc" in slot_letter([TOLD]).text


def test_before_a_day_off_it_says_until_when_an_answer_is_on_time() -> None:
    said = slot_letter([replace(TOLD, days=0)]).text
    assert "Sắp đến hạn" in said
    assert "hạn Chủ nhật 30/06/2024, tính đến hết ngày 01/07/2024 (#A1)" in said


def test_where_a_day_off_gives_no_more_time_the_last_working_day_is_named() -> None:
    strict = replace(TOLD, days=0, until=TOLD.due)
    assert "hạn Chủ nhật 30/06/2024, hôm nay là ngày làm việc cuối cùng" in slot_letter([strict]).text


def test_the_afternoon_does_not_call_a_later_day_today() -> None:
    said = slot_letter([replace(TOLD, days=0)], afternoon=True).lines[0].text
    assert said == "Kính gửi Phòng Tổ chức, việc sắp hết hạn, chưa báo cáo:"


def test_lateness_names_the_day_it_is_counted_from() -> None:
    late = replace(TOLD, urgency=Urgency.OVERDUE, days=3)
    expected = "hạn Chủ nhật 30/06/2024, tính đến hết ngày 01/07/2024, quá 3 ngày làm việc"
    assert expected in slot_letter([late]).text


# how to answer


def test_a_question_about_a_quarter_cannot_close_the_year() -> None:
    asked = slot_letter([ASKED, replace(ASKED, obligation_id=2, short_code="A2")])
    assert "xong" not in " ".join([asked.text, *(choice.says for choice in asked.choices)])


def test_the_due_date_offers_done() -> None:
    assert slot_letter([TOLD]).choices[0].says == "xong #A1"


def test_nothing_yet_is_an_answer_that_is_understood() -> None:
    nothing = slot_letter([ASKED]).choices[1]
    assert nothing.label == "Chưa có gì"
    [note] = read_reply(nothing.says, date(2024, 3, 7)).intents
    assert isinstance(note, Note)
    assert note.text == "quý I năm 2024 chưa có kết quả"


# the office


def test_one_duty_of_several_units_is_one_line_with_a_number_for_each() -> None:
    late = replace(REPORT, urgency=Urgency.OVERDUE, days=3)
    other = replace(late, obligation_id=2, short_code="A2", unit="Thanh tra Sở")
    letter = office_letter(Raised(each, Concern.LATE) for each in (late, other))
    assert letter.lines[2].text.endswith(
        "quá 3 ngày làm việc. 2 đơn vị: 1. Phòng Tổ chức (#A1); 2. Thanh tra Sở (#A2)"
    )
    assert letter.listed == (1, 2)


def test_two_duties_are_two_lines() -> None:
    other = replace(TOLD, obligation_id=2, occurrence_id=9, unit="Thanh tra Sở")
    letter = office_letter(Raised(each, Concern.LATE) for each in (TOLD, other))
    assert [line.text[:2] for line in letter.lines[2:]] == ["1.", "2."]
