"""“Hoàn tác” takes back what the same person said: the answer that is quoted, else the newest."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from data.freezes import freeze
from data.obligations import Heard
from duties.facts import Numbers
from duties.windows import read_window
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation, with_three_owed

NOW = hanoi("2022-03-14 09:00")
JUNE = date(2022, 6, 30)


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    return with_three_owed(engine, NOW)


def is_done(talk: Conversation, code: str) -> bool:
    return talk.owed(code).obligation.done_at is not None


def test_the_newest_is_taken_back_first(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    talk.say(PLANS, "xong #A2")
    talk.say(PLANS, "hoàn tác")
    assert (is_done(talk, "A1"), is_done(talk, "A2")) == (True, False)


def test_the_answer_that_is_quoted_is_taken_back(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    quoted = talk.newest_letter(PLANS)
    talk.say(PLANS, "xong #A2")
    talk.say(PLANS, "hoàn tác", quoted=quoted)
    assert (is_done(talk, "A1"), is_done(talk, "A2")) == (False, True)


def test_in_a_group_each_takes_back_what_they_said_themselves(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1", person="Lan")
    talk.say(PLANS, "xong #A2", person="Minh")
    talk.say(PLANS, "hoàn tác", person="Lan")
    assert (is_done(talk, "A1"), is_done(talk, "A2")) == (False, True)


def test_what_a_colleague_said_is_not_theirs_to_take_back(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1", person="Lan")
    refused = talk.reply(PLANS, "hoàn tác", person="Minh", quoted=talk.newest_letter(PLANS))
    assert refused == "Báo cáo này do Lan gửi; chỉ người đã gửi hoàn tác được."
    assert is_done(talk, "A1")
    assert talk.refusals() == 1


def test_a_quoted_answer_is_taken_back_once(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    quoted = talk.newest_letter(PLANS)
    talk.say(PLANS, "hoàn tác", quoted=quoted)
    assert talk.reply(PLANS, "hoàn tác", quoted=quoted) == "Tin này không còn gì để hoàn tác."


def test_after_a_day_a_quoted_answer_stands(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    quoted = talk.newest_letter(PLANS)
    talk.now += timedelta(hours=25)
    assert "Đã quá 24 giờ" in talk.reply(PLANS, "hoàn tác", quoted=quoted)


def test_what_the_office_accepted_stands(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    talk.say(OFFICE, "duyệt #A1")
    assert "Văn phòng đã quyết định" in talk.reply(PLANS, "hoàn tác")


def test_what_numbers_were_closed_with_stands(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    talk.now += timedelta(hours=1)
    with talk.office() as small:
        window = read_window("quý 1", NOW.date())
        assert window is not None
        freeze(small.session, small.agency_id, window, Numbers(NOW.date()), Heard(talk.now))
    assert "đã chốt" in talk.reply(PLANS, "hoàn tác")
    assert is_done(talk, "A1")


def test_everything_one_message_said_goes_together(talk: Conversation) -> None:
    talk.say(PLANS, "#A1 xong\n#A2 vướng: chưa có kinh phí")
    talk.say(PLANS, "hoàn tác")
    assert not is_done(talk, "A1")
    assert talk.owed("A2").obligation.obstacle == ""


def test_a_reminder_that_was_put_off_comes_as_before(talk: Conversation) -> None:
    before = talk.owed("A1").obligation.next_rung_on
    assert "hoàn tác" in talk.reply(PLANS, "#A1 nhắc lại sau 5 ngày")
    talk.say(PLANS, "hoàn tác")
    assert talk.owed("A1").obligation.next_rung_on == before


def test_a_reminder_put_off_twice_goes_back_to_the_first_time(talk: Conversation) -> None:
    talk.say(PLANS, "#A1 nhắc lại ngày 18/3")
    talk.say(PLANS, "#A1 nhắc lại ngày 22/3")
    talk.say(PLANS, "hoàn tác")
    assert talk.owed("A1").obligation.snoozed_until == date(2022, 3, 18)


def test_taken_back_twice_goes_two_steps_back(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A2")
    talk.say(PLANS, "#A1 nhắc lại ngày 18/3")
    talk.say(PLANS, "hoàn tác")
    talk.say(PLANS, "hoàn tác")
    assert not is_done(talk, "A2")


def test_a_reminder_that_was_not_put_off_is_told_as_usual(talk: Conversation) -> None:
    assert talk.reply(PLANS, "#A1 nhắc như thường") == "Việc #A1 không có hẹn nhắc lại nào."


def test_a_corrected_deadline_goes_back(talk: Conversation) -> None:
    talk.say(OFFICE, "1.1 hạn 20/4/2022")
    assert talk.owed("A1").obligation.due == date(2022, 4, 20)
    first = talk.say(OFFICE, "1.1 hạn 25/4/2022")[0]
    assert "Gõ “hoàn tác” nếu nhầm." in first.text
    talk.say(OFFICE, "hoàn tác")
    assert talk.owed("A1").obligation.due == date(2022, 4, 20)


def test_what_was_changed_again_since_stays(talk: Conversation) -> None:
    talk.say(OFFICE, "1.1 hạn 20/4/2022")
    talk.say(OFFICE, "1.1 hạn 25/4/2022", person="Lan")
    first = talk.newest_letter(OFFICE)
    talk.say(OFFICE, "1.1 hạn 29/4/2022")
    assert "Sau đó đã có thay đổi khác" in talk.reply(OFFICE, "hoàn tác", person="Lan", quoted=first)
    assert talk.owed("A1").obligation.due == date(2022, 4, 29)


@pytest.mark.parametrize(
    "says",
    [
        "nghỉ 31/3",
        "nghỉ 31/3, 1/4: họp",
        "hạn rơi ngày nghỉ: không lùi",
        "24/11 hằng năm: không nghỉ",
        "chốt số liệu ngày 10, gửi báo cáo ngày 15",
        "kỳ báo cáo: quý I, năm",
        "đã có thông báo nghỉ 2023",
        f"đổi tên {PRESS} thành Phòng Báo chí",
    ],
)
def test_what_the_office_set_goes_back_as_it_was(talk: Conversation, says: str) -> None:
    talk.say(OFFICE, "nghỉ 31/3: giỗ Tổ ngành")
    before = _settings(talk)
    assert "hoàn tác" in talk.reply(OFFICE, says)
    assert _settings(talk) != before or says == "nghỉ 31/3"
    talk.say(OFFICE, "hoàn tác")
    assert _settings(talk) == before


def _settings(talk: Conversation) -> tuple[str, ...]:
    """All that the office may have set, as it is shown."""
    with talk.office() as small:
        agency = small.agency
        lenient = str(agency.lenient)
        settings = {**agency.settings}
        settings.setdefault("culture_day_off", True)
        if not settings.get("announced"):
            settings.pop("announced", None)
    windows = settings.pop("windows", None)
    shown = talk.reply(OFFICE, "lịch nghỉ 2022"), talk.reply(OFFICE, "/donvi")
    return (lenient, str(sorted(settings.items())), _windows(windows), *shown)


def _windows(windows: object) -> str:
    """Said in full or left at the standard, they are the same."""
    standard = {"cut_off_day": 14, "report_day": 20, "reports": ["Q1", "H1", "Q3", "Y"]}
    return str(windows or standard)


def test_what_cannot_be_put_back_does_not_let_something_older_go_in_its_place(talk: Conversation) -> None:
    talk.say(OFFICE, "gia hạn #A1 đến 15/4")
    talk.say(OFFICE, "thêm đơn vị: Phòng Tổ chức")
    assert "Không tự hoàn tác được (thêm đơn vị)" in talk.reply(OFFICE, "hoàn tác")
    assert talk.owed("A1").obligation.due == date(2022, 4, 15)


def test_what_cannot_be_put_back_names_the_words_that_help(talk: Conversation) -> None:
    talk.say(OFFICE, "thêm đơn vị: Phòng Tổ chức")
    assert "“giải thể Phòng …”" in talk.reply(OFFICE, "hoàn tác")


def test_an_announcement_that_went_out_is_not_passed_over(talk: Conversation) -> None:
    talk.say(OFFICE, "gia hạn #A1 đến 15/4")
    talk.say(OFFICE, "thông báo: họp lúc 8 giờ")
    talk.say(OFFICE, "gửi thông báo")
    assert "Muốn đính chính" in talk.reply(OFFICE, "hoàn tác")
    assert talk.owed("A1").obligation.due == date(2022, 4, 15)


def test_after_a_move_was_taken_back_the_next_is_what_was_said_before_it(talk: Conversation) -> None:
    talk.say(OFFICE, "gia hạn #A2 đến 15/7")
    talk.say(OFFICE, f"chuyển #A1 sang {PRESS}")
    talk.say(OFFICE, "hoàn tác")
    talk.say(OFFICE, "hoàn tác")
    assert talk.owed("A2").obligation.due == JUNE


def test_putting_something_back_is_told_in_one_letter(talk: Conversation) -> None:
    talk.say(OFFICE, "kỳ báo cáo: quý I, năm")
    [told] = talk.say(OFFICE, "hoàn tác")
    assert told.text.startswith("Đã hoàn tác: sửa kỳ báo cáo.\nKỳ báo cáo: Quý I, ")
