"""What the calendar's page reads and says: where a day off comes from, the orders that a form means, the year as tables."""

from datetime import date, time

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from bot.pages.work_calendar.facts import (
    Origin,
    milestones_of,
    origin_of,
    reminding,
    reports_of,
    year_of,
)
from bot.pages.work_calendar.page import year_asked
from bot.pages.work_calendar.words import (
    day_orders,
    policy_orders,
    settings_of,
    value_of,
    window_codes,
    window_name,
    window_orders,
)
from bot.pages.work_calendar.year_map import in_words, year_map
from data.engine import transaction
from duties.intents import ChangeDays, ForgetDays, SetPolicy, SetWindows
from duties.nudging import Policy
from duties.replies import read_reply
from duties.windows import CODES, STANDARD
from duties.wording.calendar import SpecialDay
from duties.wording.policy import OF_THE_OFFICE, SETTINGS
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, Conversation
from tests.fakes.offices import due_on, duty

NOW = hanoi("2026-03-16 09:00")
TODAY = NOW.date()
NEW_YEAR, WORKED, CLOSED = date(2026, 1, 1), date(2026, 1, 10), date(2026, 3, 20)
POLICY = Policy()
FORM = {each.name: value_of(POLICY, each.name) for each in SETTINGS}


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    made = Conversation(engine, NOW)
    made.plan(duty("2.1", due_on(date(2026, 12, 31)), PLANS))
    return made


def special(session: Session, day: date) -> SpecialDay:
    return next(each for each in year_of(session, 1, day.year).days if each.day == day)


def test_every_day_says_where_it_comes_from(talk: Conversation) -> None:
    talk.say(OFFICE, "nghỉ 20/3: sửa trụ sở")
    with transaction(talk.engine) as session:
        origins = [origin_of(special(session, day)) for day in (NEW_YEAR, WORKED, CLOSED)]
    assert origins == [Origin.LAW, Origin.ANNOUNCED, Origin.OFFICE]


def test_a_year_that_was_not_announced_says_so_until_the_office_says_otherwise(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        assert not year_of(session, 1, 2027).is_announced
    talk.say(OFFICE, "đã có thông báo nghỉ 2027")
    with transaction(talk.engine) as session:
        assert year_of(session, 1, 2027).is_announced


def test_the_windows_follow_the_offices_rules(talk: Conversation) -> None:
    talk.say(OFFICE, "chốt số liệu ngày 10, gửi báo cáo ngày 15")
    with transaction(talk.engine) as session:
        first = reports_of(session, 1, 2026).windows[0]
    assert (first.name, first.cut_off, first.report_due) == (
        "Quý I năm 2026",
        date(2026, 3, 10),
        date(2026, 3, 15),
    )


def test_a_plan_is_shown_with_what_it_does_otherwise_than_its_office(talk: Conversation) -> None:
    talk.say(OFFICE, "nhắc sau hạn 2 ngày")
    talk.say(OFFICE, "kế hoạch 485: nhắc quý trước 7 ngày")
    with transaction(talk.engine) as session:
        shown = reminding(session, 1, "485/KH-STTTT", NOW)
    assert shown.plan is not None
    assert (
        shown.plan.differs,
        shown.policy.quarter_rungs,
        shown.policy.after,
        shown.usual.quarter_rungs,
    ) == (
        True,
        (7,),
        (2,),
        (10, 5, 2, 0),
    )


def test_a_number_of_no_plan_shows_the_office(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        assert reminding(session, 1, "999/KH", NOW).plan is None


def test_a_milestone_is_shown_with_its_day_until_it_is_dropped(talk: Conversation) -> None:
    talk.say(OFFICE, "mốc 2.1 ngày 20/5: xong dự thảo")
    with transaction(talk.engine) as session:
        [mark] = milestones_of(session, 1)
    assert (mark.code, mark.day, mark.about) == ("2.1", date(2026, 5, 20), "xong dự thảo")
    talk.say(OFFICE, "bỏ mốc 2.1 ngày 20/5")
    with transaction(talk.engine) as session:
        assert milestones_of(session, 1) == ()


def test_a_form_left_as_it_was_says_nothing() -> None:
    assert policy_orders(FORM, POLICY) == []


def test_numbers_may_be_written_any_way_and_mean_the_same() -> None:
    assert policy_orders(FORM | {"quarter_rungs": "10;5 2,0"}, POLICY) == []


def test_all_that_a_form_changes_is_one_message() -> None:
    changed = FORM | {"quarter_rungs": "7, 0", "opens": "06:00", "late_until": "16:00"}
    [words] = policy_orders(changed, POLICY)
    [intent] = read_reply(words, TODAY).intents
    assert isinstance(intent, SetPolicy)
    assert dict(intent.changes) == {
        "quarter_rungs": (7, 0),
        "late_until": time(16),
        "opens": time(6),
        "closes": time(17),
    }


@pytest.mark.parametrize("name", [each.name for each in SETTINGS if each.name not in OF_THE_OFFICE])
def test_every_number_of_a_plan_can_be_set_by_its_field(name: str) -> None:
    [words] = policy_orders({name: "9"}, POLICY, "485/KH-STTTT")
    [intent] = read_reply(words, TODAY).intents
    assert isinstance(intent, SetPolicy)
    assert (intent.plan, [changed for changed, _ in intent.changes]) == ("485/KH-STTTT", [name])


def test_hours_are_not_set_for_one_plan() -> None:
    assert settings_of(OF_THE_OFFICE, is_plan=True) == []


def test_nonsense_in_a_field_is_handed_on_to_be_refused() -> None:
    assert policy_orders({"leader_after": "mười"}, POLICY) == ["nhắc lãnh đạo sau mười ngày"]


@pytest.mark.parametrize(
    ("first", "last", "state", "note", "meant"),
    [
        ("2026-03-20", "", "off", "sửa trụ sở", ChangeDays((CLOSED,), True, "sửa trụ sở")),
        ("2026-03-20", "2026-03-20", "worked", "", ChangeDays((CLOSED,), False)),
        ("2026-03-19", "2026-03-20", "off", "Tết: bù", ChangeDays((date(2026, 3, 19), CLOSED), True, "Tết: bù")),
        ("2026-03-20", "", "common", "bỏ qua", ForgetDays((CLOSED,))),
    ],
)  # fmt: skip
def test_a_day_of_the_form_is_said_in_words(
    first: str, last: str, state: str, note: str, meant: ChangeDays | ForgetDays
) -> None:
    [words] = day_orders(first, last, state, note)
    assert read_reply(words, TODAY).intents == (meant,)


def test_only_what_differs_of_the_windows_is_said() -> None:
    values = {"cut_off": "14", "report": "20"} | dict.fromkeys(STANDARD.reports, "x")
    assert window_orders(values, STANDARD) == []
    [words] = window_orders(values | {"Q2": "x"}, STANDARD)
    [intent] = read_reply(words, TODAY).intents
    assert isinstance(intent, SetWindows)
    assert set(intent.reports) == {*STANDARD.reports, "Q2"}


@pytest.mark.parametrize("code", window_codes(STANDARD))
def test_every_window_is_understood_by_the_name_it_is_chosen_by(code: str) -> None:
    assert read_reply(f"kỳ báo cáo: {window_name(code)}", TODAY).intents == (SetWindows(reports=(code,)),)
    assert code in CODES


def test_a_day_says_in_words_what_it_is() -> None:
    off = SpecialDay(CLOSED, True, "sửa trụ sở", "Chị Văn thư", NOW)
    assert in_words(CLOSED, off) == "Thứ Sáu, 20/3: nghỉ, sửa trụ sở (Văn phòng ghi)"
    assert in_words(date(2026, 3, 21), None) == "Thứ Bảy, 21/3: nghỉ cuối tuần"


def test_the_year_has_all_its_days_and_one_of_them_in_the_order_of_tab(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        html = str(year_map(year_of(session, 1, 2026), TODAY, may_change=True))
    assert (html.count("data-day="), html.count('tabindex="0"'), html.count("aria-current")) == (365, 1, 1)


def test_what_people_wrote_of_a_day_is_no_markup(talk: Conversation) -> None:
    talk.say(OFFICE, "nghỉ 20/3: <img src=x>")
    with transaction(talk.engine) as session:
        html = str(year_map(year_of(session, 1, 2026), TODAY, may_change=True))
    assert "&lt;img src=x&gt;" in html
    assert "<img" not in html


def test_who_may_not_change_the_calendar_gets_no_buttons(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        assert "<button" not in str(year_map(year_of(session, 1, 2026), TODAY, may_change=False))


@pytest.mark.parametrize(
    ("said", "year"),
    [("2027", 2027), ("2014", 2026), ("00202699", 2026), ("²027", 2026), ("-2027", 2026), ("", 2026)],
)
def test_a_year_that_the_page_does_not_know_is_this_one(said: str, year: int) -> None:
    assert year_asked(said, TODAY) == year
