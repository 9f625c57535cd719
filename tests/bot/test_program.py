"""The program's office commands: on a database of their own, with the same words as the chat."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from typer.testing import CliRunner, Result

from bot.__main__ import program
from data.engine import open_engine, transaction
from data.obligations import items
from data.people import the_agency
from data.tables import DayOff, Trail
from scheduler.clock import StoppedClock
from tests.conftest import hanoi

CLOCK = StoppedClock(hanoi("2022-03-14 09:00"))
PLAN = """Số: 12/KH-STTTT

Khánh Hòa, ngày 25 tháng 02 năm 2022

KẾ HOẠCH
Tuyên truyền cải cách hành chính năm 2022

II. NHIỆM VỤ

| TT | Nội dung | Đơn vị chủ trì | Thời hạn |
|---|---|---|---|
| 1.1 | Xây dựng chuyên mục | Phòng Kế hoạch - Tài chính | 30/6/2022 |
| 1.2 | Trả lời kiến nghị | Phòng Thông tin - Báo chí | 05 ngày làm việc kể từ ngày nhận được văn bản |

Nơi nhận:
"""
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    env = {
        "NHACVIEC_DATABASE_URL": "sqlite:///office.db",
        "NHACVIEC_AGENCY_NAME": "Sở Thông tin và Truyền thông",
        "NHACVIEC_WEB_URL": "https://nhacviec.example",
    }
    (tmp_path / "ke-hoach.txt").write_text(PLAN, encoding="utf-8")
    return lambda *words: CliRunner().invoke(program, words, env=env, obj=CLOCK)


@pytest.fixture
def office(run: Run) -> Run:
    """The same, with the plan in force."""
    assert run("plan", "add", "ke-hoach.txt", "--confirm").exit_code == 0
    return run


def values(result: Result) -> dict[str, Any]:
    printed: dict[str, Any] = json.loads(result.stdout)
    return printed


def rows(result: Result) -> list[dict[str, Any]]:
    printed: list[dict[str, Any]] = json.loads(result.stdout)
    return printed


def dues() -> dict[str, date | None]:
    with transaction(open_engine("sqlite:///office.db")) as session:
        return {item.obligation.short_code: item.obligation.due for item in items(session)}


def test_an_empty_database_is_made_ready(run: Run) -> None:
    assert "Chưa có kế hoạch nào" in run("plan", "list").stdout


def test_a_plan_is_read_back_and_waits(run: Run) -> None:
    read = run("plan", "add", "ke-hoach.txt")
    assert "Đọc được 2 nhiệm vụ, năm 2022" in read.stdout
    assert [each["state"] for each in rows(run("plan", "list", "--json"))] == ["draft"]


def test_a_plan_can_be_confirmed_at_once(office: Run) -> None:
    assert [each["state"] for each in rows(office("plan", "list", "--json"))] == ["confirmed"]
    assert dues() == {"A1": date(2022, 6, 30)}


def test_a_draft_is_confirmed_by_sending_it_again(run: Run) -> None:
    run("plan", "add", "ke-hoach.txt")
    assert (
        "2 nhiệm vụ thành 1 phần việc được theo dõi" in run("plan", "add", "ke-hoach.txt", "--confirm").stdout
    )


ANNEX = """PHỤ LỤC
| STT | Nhiệm vụ | Đơn vị chủ trì | Thời hạn |
| 1 | In tờ rơi | Văn phòng Sở | 30/9/2022 |
"""


def test_body_and_annexes_are_one_plan(run: Run, tmp_path: Path) -> None:
    (tmp_path / "phu-luc.txt").write_text(ANNEX, encoding="utf-8")
    assert "Đọc được 3 nhiệm vụ" in run("plan", "add", "ke-hoach.txt", "phu-luc.txt").stdout


def test_an_annex_may_follow_the_draft(run: Run, tmp_path: Path) -> None:
    (tmp_path / "phu-luc.txt").write_text(ANNEX, encoding="utf-8")
    run("plan", "add", "ke-hoach.txt")
    assert "Đọc được 3 nhiệm vụ" in run("plan", "add", "ke-hoach.txt", "phu-luc.txt").stdout


def test_the_year_may_be_given(run: Run) -> None:
    run("plan", "add", "ke-hoach.txt", "--year", "2023")
    assert rows(run("plan", "list", "--json"))[0]["years"] == "2023"


def test_a_plan_is_shown_with_its_duties(office: Run) -> None:
    shown = values(office("plan", "show", "1", "--json"))
    assert [(each["code"], each["phrase"], each["reading"]) for each in shown["duties"]] == [
        ("1.1", "30/6/2022", "dated"),
        ("1.2", "05 ngày làm việc kể từ ngày nhận được văn bản", "after_event"),
    ]


def test_a_deadline_is_set_and_the_phrase_stays(office: Run) -> None:
    said = office("plan", "set-deadline", "1", "1.1", "20/6").stdout
    assert "Nhiệm vụ 1.1: Chậm nhất ngày 20/6 (kế hoạch ghi “30/6/2022”)." in said
    assert dues() == {"A1": date(2022, 6, 20)}


def test_what_was_set_is_shown_beside_the_phrase(office: Run) -> None:
    office("plan", "set-deadline", "1", "1.1", "20/6")
    assert "Thời hạn ghi “30/6/2022”; Văn phòng hiểu là “20/6”" in office("plan", "show", "1").stdout


@pytest.mark.parametrize("day", ["2022-03-11", "11/3/2022"])
def test_an_event_dates_its_duty(office: Run, day: str) -> None:
    assert (
        "Hạn 18/03/2022 (5 ngày làm việc, không tính ngày đầu)"
        in office("plan", "event", "1", "1.2", day).stdout
    )
    assert dues()["A2"] == date(2022, 3, 18)


TWICE = PLAN.replace("| 1.2 |", "| 1.1 |")


def test_duties_of_one_code_are_told_apart_by_their_order(run: Run, tmp_path: Path) -> None:
    (tmp_path / "hai.txt").write_text(TWICE, encoding="utf-8")
    run("plan", "add", "hai.txt", "--confirm")
    assert "2) Trả lời kiến nghị. Xin thêm --nth." in run("plan", "set-deadline", "1", "1.1", "20/6").stderr
    run("plan", "set-deadline", "1", "1.1", "20/6", "--nth", "2")
    assert dues() == {"A1": date(2022, 6, 30), "A2": date(2022, 6, 20)}


def test_a_wrong_event_is_replaced(office: Run) -> None:
    office("plan", "event", "1", "1.2", "2022-03-11")
    office("plan", "event", "1", "1.2", "2022-03-14", "--instead-of", "2022-03-11")
    assert dues()["A2"] == date(2022, 3, 21)


def test_units_are_listed_added_and_renamed(office: Run) -> None:
    office("unit", "add", "Thanh tra Sở", "Phòng Bưu chính")
    office("unit", "rename", "Phòng Bưu chính", "Phòng Bưu chính - Viễn thông")
    assert [each["name"] for each in rows(office("unit", "list", "--json"))] == [
        "Phòng Kế hoạch - Tài chính",
        "Phòng Thông tin - Báo chí",
        "Thanh tra Sở",
        "Phòng Bưu chính - Viễn thông",
    ]


def test_an_invitation_carries_its_link(office: Run) -> None:
    invited = rows(office("invite", "Phòng Thông tin - Báo chí", "--json"))[0]
    assert invited["link"] == f"https://nhacviec.example/vao/{invited['code']}"


@pytest.mark.parametrize(("option", "name"), [("--office", "Văn phòng điều phối"), ("--leader", "Lãnh đạo")])
def test_the_office_and_the_leader_are_invited_by_an_option(office: Run, option: str, name: str) -> None:
    assert f"{name}: " in office("invite", option).stdout


def test_without_a_name_everybody_who_has_no_chat_is_invited(office: Run) -> None:
    assert len(rows(office("invite", "--json"))) == 2


def test_the_calendar_is_changed_and_shown(office: Run) -> None:
    office("calendar", "off", "2022-03-24", "--note", "Đại hội")
    days = values(office("calendar", "list", "--year", "2022", "--json"))["days"]
    assert [(each["day"], each["name"]) for each in days if each["by"]] == [("2022-03-24", "Đại hội")]


def test_a_day_off_is_worked_and_forgotten_again(office: Run) -> None:
    office("calendar", "work", "26/3/2022")
    assert (
        "Đã bỏ thay đổi của Văn phòng về Thứ Bảy 26/03/2022"
        in office("calendar", "forget", "26/3/2022").stdout
    )


def test_a_change_names_the_command_line(office: Run) -> None:
    office("calendar", "off", "2022-03-24")
    with transaction(open_engine("sqlite:///office.db")) as session:
        row = session.exec(select(DayOff)).one()
        assert "dòng lệnh" in row.sender
        assert row.chat_id is None


def test_what_was_done_is_in_the_trail(office: Run) -> None:
    with transaction(open_engine("sqlite:///office.db")) as session:
        agency = the_agency(session)
        assert agency is not None
        actions = session.exec(select(Trail.action).where(Trail.agency_id == agency.id)).all()
    assert actions == ["load_plan", "confirm_plan"]


def test_the_leniency_is_switched(office: Run) -> None:
    office("calendar", "lenient", "--off")
    assert not values(office("calendar", "list", "--json"))["lenient"]


def test_the_windows_are_set(office: Run) -> None:
    office("calendar", "windows", "--cut-off", "25", "--report", "28", "--reports", "Q1,Q2,Q3,Y")
    assert (
        "Kỳ báo cáo: Quý I, Quý II, Quý III, Năm; chốt số liệu ngày 25"
        in office("calendar", "windows").stdout
    )


def test_a_summary_is_counted(office: Run) -> None:
    counted = values(office("summary", "--window", "quý 2", "--json"))
    assert (counted["window"]["key"], counted["obligations"]["total"]) == ("2022-Q2", 1)


def test_a_summary_in_words_is_that_of_the_chat(office: Run) -> None:
    assert (
        "Tổng hợp quý II năm 2022 — Sở Thông tin và Truyền thông"
        in office("summary", "--window", "quý 2").stdout
    )


def test_the_preview_names_who_will_be_told(office: Run) -> None:
    office("plan", "set-deadline", "1", "1.1", "31/3")
    coming = rows(office("preview", "--days", "14", "--json"))
    assert next(each for each in coming if not each["is_summary"]) == {
        "on": "2022-03-24",
        "to": "Phòng Kế hoạch - Tài chính",
        "what": ["1.1 #A1"],
        "reachable": False,
        "is_summary": False,
    }


def test_the_policy_is_shown_and_set_in_the_words_of_the_chat(office: Run) -> None:
    assert "Đã đặt: nhắc lãnh đạo sau 15 ngày." in office("policy", "set", "nhắc lãnh đạo sau 15 ngày").stdout
    assert values(office("policy", "show", "--json"))["leader_after"] == 15


def test_a_plan_s_own_policy_is_shown_too(office: Run) -> None:
    office("policy", "set", "kế hoạch 12: nhắc quý trước 7, 0 ngày")
    assert values(office("policy", "show", "--plan", "12", "--json"))["quarter_rungs"] == [7, 0]


def test_words_that_set_no_policy_are_refused(office: Run) -> None:
    refused = office("policy", "set", "xong 2")
    assert (refused.exit_code, "nhắc quý trước" in refused.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("plan", "show", "7"), 1, "Không có kế hoạch số thứ tự 7"),
        (("plan", "set-deadline", "1", "9.9", "20/6"), 1, "Kế hoạch 1 không có nhiệm vụ 9.9"),
        (("plan", "set-deadline", "1", "1.1", "sớm"), 1, "Chưa hiểu thời hạn “sớm”"),
        (("plan", "event", "1", "1.1", "2022-03-11"), 1, "không tính hạn từ một sự kiện"),
        (("plan", "event", "1", "1.2", "11/3"), 2, "Chưa hiểu ngày “11/3”"),
        (("plan", "add", "khong-co.txt"), 2, "Không mở được tệp khong-co.txt"),
        (("plan", "add", "ke-hoach.txt", "--year", "nay"), 2, "Chưa hiểu năm “nay”"),
        (("invite", "Phòng Không Có"), 1, "Không tìm thấy đơn vị “Phòng Không Có”"),
        (("invite", "--office", "--leader"), 2, "Chỉ chọn một"),
        (("calendar", "forget", "2022-03-24"), 1, "chưa ghi thay đổi nào"),
        (("calendar", "windows", "--reports", "Q9"), 2, "Không có kỳ báo cáo Q9"),
        (("summary", "--window", "hôm nào đó"), 1, "Chưa hiểu “hôm nào đó”"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_a_code(
    office: Run, words: tuple[str, ...], code: int, says: str
) -> None:
    result = office(*words)
    assert (result.exit_code, result.stderr.count("\n")) == (code, 1)
    assert says in result.stderr


def test_a_day_of_a_quarter_is_asked_back_in_one_line(office: Run) -> None:
    asked = office("plan", "set-deadline", "1", "1.1", "hằng quý, ngày 10")
    assert (asked.exit_code, asked.stderr.count("\n")) == (1, 1)
    assert "Có thể ghi: “Ngày 10 tháng cuối hằng quý”" in asked.stderr


def test_a_refusal_leaves_nothing_behind(office: Run) -> None:
    office("plan", "event", "1", "1.2", "2022-03-14", "--instead-of", "2022-03-11")
    assert dues() == {"A1": date(2022, 6, 30)}


def test_a_file_that_is_no_plan_is_not_loaded(run: Run, tmp_path: Path) -> None:
    (tmp_path / "thu.txt").write_text("Kính gửi các đơn vị.", encoding="utf-8")
    assert run("plan", "add", "thu.txt").exit_code == 1


def test_a_database_that_cannot_be_opened_is_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(program, ["plan", "list"], env={"NHACVIEC_DATABASE_URL": "nonsense"})
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
