"""What was answered loses its buttons and gains a line; the rest of a letter stays."""

import pytest

from duties.message import Choice, Line, Message
from scheduler.amend import Recorded, answered
from tests.conftest import NOW

DONE, DOING = Choice("Đã xong", "xong #A1"), Choice("Đang làm", "#A1 đang làm")
OTHER, LIST = Choice("Xong #A2", "xong #A2"), Choice("Xem danh sách", "/viec")
BOTH, TAKE_BACK = Choice("Duyệt cả hai", "duyệt #A1 #A2"), Choice("Hoàn tác", "hoàn tác")
LETTER = Message((Line("Kính gửi"),), (DONE, DOING, OTHER, LIST))


def recorded(action: str, *codes: str, said: str = "") -> Recorded:
    return Recorded(said, {action: codes}, "Lan", NOW)


def test_what_is_done_has_no_button_left() -> None:
    assert answered(LETTER, recorded("done", "A1")).choices == (OTHER, LIST)


def test_a_line_says_what_was_recorded_by_whom_and_when() -> None:
    after = answered(LETTER, recorded("done", "A1"))
    assert after.text == "Kính gửi\n✔ #A1: đã báo hoàn thành (Lan, 08:00 ngày 28/02/2022)"


def test_in_progress_takes_away_its_own_button_alone() -> None:
    assert answered(LETTER, recorded("in_progress", "A1", said=DOING.says)).choices == (DONE, OTHER, LIST)


def test_a_letter_about_other_things_stays_as_it_is() -> None:
    assert answered(LETTER, recorded("done", "A9")) == LETTER


def test_a_button_for_two_things_stays_until_both_are_settled() -> None:
    two = Message((Line("Chờ duyệt"),), (BOTH,))
    assert answered(two, recorded("accept", "A1")) == two
    assert answered(two, recorded("accept", "A1", "A2")).choices == ()


def test_a_question_can_be_pressed_again() -> None:
    assert LIST in answered(LETTER, recorded("done", "A1", said="/viec")).choices


def test_an_older_way_to_take_back_goes_without_a_word() -> None:
    confirmation = Message((Line("Đã ghi nhận"),), (TAKE_BACK, LIST))
    assert answered(confirmation, recorded("done", "A9")) == Message((Line("Đã ghi nhận"),), (LIST,))


@pytest.mark.parametrize("action", ["undo", "undo_decision"])
def test_what_was_taken_back_is_marked_so(action: str) -> None:
    confirmation = Message((Line("Đã ghi nhận"),), (TAKE_BACK, DONE))
    assert answered(confirmation, recorded(action, "A1")).lines[-1].text.startswith("↩ #A1: đã hoàn tác")
