"""Reports that wait in a list are accepted together: as many as are shown, in one message, taken back as one."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.pages.overview.accepting import MOST, Reports, about, reports_of, still_reports
from bot.pages.overview.list_page import Asked, listing
from bot.pages.overview.picks import EVERYTHING, Pick
from bot.pages.overview.view import View
from data.engine import transaction
from data.evidence import lacking_proof
from data.questions import unaccepted
from data.tables import Trail
from duties.facts import Fact
from duties.windows import year_window
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import due_on, duty

NOW = hanoi("2022-03-14 09:00")
VIEW = View(year_window(2022))
MANY = 25


@pytest.fixture
def office(engine: Engine) -> Conversation:
    """The planning unit reported all of its 25 duties; the press unit its one, and asks for more time for another."""
    talk = Conversation(engine, NOW - timedelta(days=30))
    theirs = [duty(f"1.{n}", due_on(date(2022, 6, 30)), PLANS, row=n) for n in range(1, MANY + 1)]
    press = [duty(f"2.{n}", due_on(date(2022, 6, 30)), PRESS, row=MANY + n) for n in (1, 2)]
    talk.plan(*theirs, *press)
    talk.now = NOW
    talk.say(PLANS, f"xong {' '.join(f'#A{n}' for n in range(1, MANY + 1))}")
    talk.say(PRESS, "xong #A26")
    talk.say(PRESS, "#A27 xin lùi đến 20/7 vì chờ số liệu")
    return talk


def shown(office: Conversation, words: str = "") -> Reports:
    with transaction(office.engine) as session:
        return listing(session, 1, VIEW, Asked(Pick.WAITING, EVERYTHING, words=words), NOW.date()).reports


def accept(office: Conversation, reports: Reports) -> str:
    return office.reply(OFFICE, f"duyệt {' '.join(f'#{code}' for code in reports.codes)}")


def still_waiting(office: Conversation) -> int:
    with transaction(office.engine) as session:
        return len(unaccepted(session, 1))


def test_all_reports_of_a_list_can_be_accepted_and_no_request(office: Conversation) -> None:
    found = shown(office)
    assert (found.count, found.units, found.rest, found.requests) == (MANY + 1, 2, 0, 1)
    assert "A27" not in found.codes


def test_only_what_is_found_is_accepted(office: Conversation) -> None:
    assert shown(office, "bao chi").codes == ("A26",)


def test_what_is_accepted_together_is_said_in_short(office: Conversation) -> None:
    said = accept(office, shown(office))
    assert said.startswith("Đã duyệt kết quả 26 việc (#A1, #A2,")
    assert "và 6 việc khác). Gõ “hoàn tác” nếu nhầm." in said
    assert still_waiting(office) == 0


def test_what_was_accepted_together_is_taken_back_together(office: Conversation) -> None:
    accept(office, shown(office))
    office.say(OFFICE, "hoàn tác")
    assert still_waiting(office) == MANY + 1


def test_each_of_them_has_its_line_in_the_trail(office: Conversation) -> None:
    accept(office, shown(office))
    with transaction(office.engine) as session:
        codes = [row.detail["code"] for row in session.exec(select(Trail).where(Trail.action == "accept"))]
    assert sorted(codes) == sorted(f"A{n}" for n in range(1, MANY + 2))


def test_what_another_decided_meanwhile_is_named_and_nothing_is_accepted(office: Conversation) -> None:
    found = shown(office)
    office.say(OFFICE, "trả lại #A3 vì thiếu số liệu")
    assert "#A3" in accept(office, found)
    assert still_waiting(office) == MANY


def test_what_asks_for_more_time_since_it_was_shown_is_not_granted(office: Conversation) -> None:
    found = shown(office)
    office.say(PRESS, "#A26 đang làm")
    office.say(PRESS, "#A26 xin lùi đến 20/7 vì chờ số liệu")
    with transaction(office.engine) as session:
        assert set(found.codes) - set(still_reports(session, 1, found.codes)) == {"A26"}


def test_after_a_unit_has_spoken_again_it_is_not_taken_back(office: Conversation) -> None:
    accept(office, shown(office))
    office.now = NOW + timedelta(hours=1)
    office.say(PLANS, "#A5 bổ sung: 2 tin nữa")
    assert "không hoàn tác được" in office.reply(OFFICE, "hoàn tác")


def test_what_lacks_the_proof_it_needs_is_counted(office: Conversation) -> None:
    office.say(OFFICE, "bắt buộc minh chứng #A1")
    office.say(OFFICE, "bắt buộc minh chứng #A2")
    office.say(PLANS, "#A2 bổ sung https://khanhhoa.gov.vn/tin")
    with transaction(office.engine) as session:
        assert lacking(session, shown(office)) == ["A1"]


def lacking(session: Session, reports: Reports) -> list[str]:
    return [each.obligation.short_code for each in lacking_proof(session, 1, reports.codes)]


def test_of_very_many_the_first_are_accepted_and_the_limit_is_said() -> None:
    facts = [Fact(n, n, n, n % 3, "Phòng", "1", "việc", short_code=f"A{n}") for n in range(MOST + 2300)]
    found = reports_of(facts)
    assert (len(found.codes), found.count, found.units) == (MOST, MOST + 2300, 3)
    assert (
        "Mỗi lần chấp nhận tối đa 200 báo cáo, báo trước làm trước; còn 2.300 báo cáo để lần sau."
        in about(found, 0)
    )


def test_it_is_said_what_is_accepted_what_lacks_proof_and_how_it_is_taken_back() -> None:
    assert about(Reports(("A1", "A2"), 2, 1), 1) == (
        "Báo cáo hoàn thành của 1 đơn vị, trong danh sách đang xem. "
        "1 báo cáo chưa có minh chứng mà nhiệm vụ bắt buộc phải có. "
        "Nếu nhầm, bấm “Hoàn tác” trong 24 giờ: cả lần chấp nhận này được rút lại."
    )
