"""The office closes the numbers of a window; from then on they do not move, and what changes is told beside them."""

from datetime import date

import pytest
from sqlalchemy import Engine

from data.offices import office_of
from data.summaries import summary_of
from duties.summary import Counts, UnitLine
from duties.windows import quarter_window
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import due_on, duty

CLOSED = hanoi("2022-06-15 09:00")


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    """Two duties of quarter II: the planning unit's is overdue, the press unit's still open when the data close."""
    made = Conversation(engine, hanoi("2022-04-04 09:00"))
    made.plan(
        duty("1.1", due_on(date(2022, 5, 31)), PLANS, row=1),
        duty("2.1", due_on(date(2022, 6, 30)), PRESS, row=2),
    )
    made.now = CLOSED
    return made


def test_it_says_what_was_kept_and_how_to_take_it_back(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "chốt số liệu quý 2")
    assert (
        "Đã chốt số liệu quý II năm 2022, tính đến hết ngày 14/06/2022: 2 nhiệm vụ, hoàn thành 0 (0%)" in said
    )
    assert "“bỏ chốt quý II năm 2022”" in said


def test_a_closed_summary_names_who_closed_it_and_when(talk: Conversation) -> None:
    talk.say(OFFICE, "chốt số liệu quý 2")
    said = talk.reply(OFFICE, "tổng hợp quý 2")
    assert f"Số liệu tính đến hết ngày 14/06/2022, đã chốt ngày 15/06/2022 ({OFFICE})." in said


def test_what_is_answered_later_is_told_beside_the_closed_numbers(talk: Conversation) -> None:
    talk.say(OFFICE, "chốt số liệu quý 2")
    talk.say(PRESS, "xong #A2")
    said = talk.reply(OFFICE, "tổng hợp quý 2")
    assert "chưa hoàn thành còn hạn 1, chưa hoàn thành quá hạn 1 (hoàn thành 0/2, 0%)" in said
    assert "Sau khi chốt: 1 phần việc đổi: 2.1 Tuyên truyền" in said
    assert f"({PRESS}: nay hoàn thành đúng hạn)" in said


def test_what_merely_fell_due_since_is_told_too(talk: Conversation) -> None:
    talk.say(OFFICE, "chốt số liệu quý 2")
    talk.now = hanoi("2022-07-04 09:00")
    assert f"({PRESS}: nay chưa hoàn thành, quá hạn)" in talk.reply(OFFICE, "tổng hợp quý 2")


def test_a_unit_sees_the_closed_numbers_of_its_own(talk: Conversation) -> None:
    talk.say(OFFICE, "chốt số liệu quý 2")
    talk.say(PLANS, "xong #A1")
    said = talk.reply(PLANS, "tổng hợp quý 2")
    assert "1 phần việc đến hạn trong kỳ: chưa hoàn thành quá hạn 1" in said
    assert "nay hoàn thành quá hạn" in said


def test_the_next_window_is_compared_with_the_closed_numbers(talk: Conversation) -> None:
    talk.plan(duty("3.1", due_on(date(2022, 9, 30)), PLANS, row=3))
    talk.say(OFFICE, "chốt số liệu quý 2")
    talk.say(PLANS, "xong #A1")
    assert "So với quý II năm 2022 (hoàn thành 0/2 nhiệm vụ, 0%)" in talk.reply(OFFICE, "tổng hợp quý 3")


def test_opened_again_the_numbers_follow_what_is_known(talk: Conversation) -> None:
    talk.say(OFFICE, "chốt số liệu quý 2")
    talk.say(OFFICE, "bỏ chốt quý 2")
    assert "đã chốt" not in talk.reply(OFFICE, "tổng hợp quý 2")


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        ("chốt số liệu quý 3", "chưa đến ngày đó nên chưa chốt được"),
        ("chốt số liệu quý 4 năm 2021", "không có phần việc nào nên không có gì để chốt"),
        (f"chốt số liệu quý 2 {PLANS}", "Số liệu được chốt cho cả cơ quan"),
        ("bỏ chốt quý 2", "chưa chốt nên không có gì để bỏ"),
        ("chốt số liệu", "Xin cho biết kỳ nào"),
        ("chốt số liệu quý V", "Chưa hiểu “quý V”"),
    ],
)
def test_what_cannot_be_closed_is_said_plainly(talk: Conversation, words: str, answered: str) -> None:
    assert answered in talk.reply(OFFICE, words)


def test_a_window_is_closed_once(talk: Conversation) -> None:
    talk.say(OFFICE, "chốt số liệu quý 2")
    assert "gõ “bỏ chốt quý II năm 2022” trước" in talk.reply(OFFICE, "chốt số liệu quý 2")


@pytest.mark.parametrize("words", ["chốt số liệu quý 2", "bỏ chốt quý 2"])
def test_only_the_office_closes(talk: Conversation, words: str) -> None:
    talk.say(PLANS, words)
    assert talk.refusals() == 1


def test_asked_which_it_offers_the_windows_that_closed_last(talk: Conversation) -> None:
    [asked] = talk.say(OFFICE, "chốt số liệu")
    assert [choice.says for choice in asked.choices][:2] == [
        "chốt số liệu 6 tháng đầu năm 2022",
        "chốt số liệu quý I năm 2022",
    ]


LATER = [
    (PLANS, "xong #A1 5 tin"),
    (PLANS, "hoàn tác"),
    (PLANS, "#A1 vướng: chưa có kinh phí"),
    (PRESS, "#A2 xin lùi đến 20/7"),
    (OFFICE, "duyệt #A2"),
    (PRESS, "xong #A2"),
    (OFFICE, "trả lại #A2 thiếu số liệu"),
    (OFFICE, "không tính #A1"),
    (OFFICE, f"chuyển #A2 sang {PLANS}"),
    (OFFICE, "nghỉ 15/6"),
    (OFFICE, f"đổi tên {PRESS} thành Phòng Báo chí"),
]


def test_closed_numbers_never_move_whatever_is_said_after(talk: Conversation) -> None:
    talk.say(OFFICE, "chốt số liệu quý 2")
    before = numbers(talk)
    for who, words in LATER:
        talk.say(who, words)
        assert numbers(talk) == before, words


def numbers(talk: Conversation) -> tuple[Counts, Counts, tuple[UnitLine, ...], tuple[tuple[str, int], ...]]:
    with talk.office() as small:
        office = office_of(small.session, small.agency, talk.now.date())
        window = quarter_window(2022, 2)
        found = summary_of(small.session, small.agency, office, window, talk.now.date())
        return found.obligations, found.occurrences, found.by_unit, found.quantities


def test_what_was_counted_in_cannot_be_taken_back(talk: Conversation) -> None:
    talk.now = hanoi("2022-06-14 16:00")
    talk.say(PLANS, "xong #A1")
    talk.now = CLOSED
    talk.say(OFFICE, "chốt số liệu quý 2")
    talk.say(PLANS, "hoàn tác")
    assert not talk.owed("A1").obligation.is_open
