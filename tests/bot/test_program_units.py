"""`nhacviec plan diff`, `plan copy`, `unit merge|split|rename|close`: the same as in chat."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from typer.testing import CliRunner, Result

from bot.__main__ import program
from data.engine import open_engine, transaction
from data.obligations import items
from data.tables import Plan
from scheduler.clock import StoppedClock
from tests.conftest import hanoi

CLOCK = StoppedClock(hanoi("2022-03-14 09:00"))
PLANS, PRESS, BOTH = "Phòng Kế hoạch - Tài chính", "Phòng Thông tin - Báo chí", "Phòng Tổng hợp"
PLAN = """Số: 12/KH-STTTT

Khánh Hòa, ngày 25 tháng 02 năm 2022

KẾ HOẠCH
Tuyên truyền cải cách hành chính năm 2022

| TT | Nội dung | Đơn vị chủ trì | Thời hạn |
|---|---|---|---|
| 1.1 | Xây dựng chuyên mục | Phòng Kế hoạch - Tài chính | 30/6/2022 |
| 1.2 | Trả lời kiến nghị | Phòng Thông tin - Báo chí | Quý II |
"""
EDITION = (
    PLAN.replace("Số: 12/", "Số: 60/")
    .replace("Tuyên truyền cải cách", "Điều chỉnh, bổ sung Kế hoạch số 12/KH-STTTT tuyên truyền cải cách")
    .replace("30/6/2022", "20/7/2022")
)
Run = Callable[..., Result]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program in an office whose plan is in force."""
    monkeypatch.chdir(tmp_path)
    env = {
        "NHACVIEC_DATABASE_URL": "sqlite:///office.db",
        "NHACVIEC_AGENCY_NAME": "Sở Thông tin và Truyền thông",
    }
    (tmp_path / "ke-hoach.md").write_text(PLAN, encoding="utf-8")
    (tmp_path / "dieu-chinh.md").write_text(EDITION, encoding="utf-8")

    def run(*words: str) -> Result:
        return CliRunner().invoke(program, words, env=env, obj=CLOCK)

    assert run("plan", "add", "ke-hoach.md", "--confirm").exit_code == 0
    return run


def value(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def rows(result: Result) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def owed() -> dict[str, str]:
    with transaction(open_engine("sqlite:///office.db")) as session:
        return {
            each.obligation.short_code: each.unit.name for each in items(session) if each.obligation.is_open
        }


def plans() -> list[Plan]:
    with transaction(open_engine("sqlite:///office.db")) as session:
        return list(session.exec(select(Plan).order_by("id")))


def test_an_edition_is_compared_and_nothing_is_kept(office: Run) -> None:
    shown = office("plan", "diff", "dieu-chinh.md").stdout
    assert "“30/6/2022” → “20/7/2022”" in shown
    assert len(plans()) == 1


def test_the_comparison_is_there_for_another_program(office: Run) -> None:
    found = value(office("plan", "diff", "dieu-chinh.md", "--json"))
    assert [each["part"] for each in found["changed"][0]["changes"]] == ["phrase"]
    assert (len(found["same"]), found["new"], found["gone"], found["drops"]) == (1, [], [], True)


def test_a_number_that_is_no_plan_ends_with_one_line(office: Run) -> None:
    refused = office("plan", "diff", "dieu-chinh.md", "--of", "99")
    assert refused.exit_code == 1
    assert "Không có kế hoạch số 99" in refused.stderr


def test_an_edition_is_put_in_force(office: Run) -> None:
    assert "sửa 1, thêm 0" in office("plan", "add", "dieu-chinh.md", "--confirm").stdout


def test_a_plan_is_copied_to_another_year_as_a_draft(office: Run) -> None:
    shown = office("plan", "copy", "12", "--year", "2027").stdout
    assert "năm 2027" in shown
    assert "“30/6/2027”, kế hoạch cũ ghi “30/6/2022”" in shown
    assert [plan.state.value for plan in plans()] == ["confirmed", "draft"]


def test_the_same_copy_twice_is_one_draft(office: Run) -> None:
    office("plan", "copy", "12", "--year", "2027")
    assert "đây là bản đang chờ xác nhận" in office("plan", "copy", "12", "--year", "2027").stdout
    assert len(plans()) == 2


def test_a_plan_is_withdrawn_once_it_is_confirmed_and_restored(office: Run) -> None:
    assert "Còn 2 phần việc chưa xong" in office("plan", "withdraw", "12").stdout
    assert "Đã rút" in office("plan", "withdraw", "12", "--confirm").stdout
    assert [plan.state.value for plan in plans()] == ["withdrawn"]
    assert "còn 2 phần việc chưa xong" in office("plan", "restore", "12").stdout


def test_units_are_merged_after_they_were_looked_at(office: Run) -> None:
    office("unit", "merge", PLANS, PRESS, "--into", BOTH, "--from", "2022-03-01")
    assert BOTH not in owed().values()
    assert "Đã thực hiện" in office("unit", "confirm").stdout
    assert set(owed().values()) == {BOTH}


def test_a_unit_is_split_by_numbers(office: Run) -> None:
    into = ("--into", "Phòng Kế hoạch", "--into", "Phòng Tài chính")
    office("unit", "split", PLANS, *into, "--give", "1=Phòng Kế hoạch", "--from", "1/3/2022", "--confirm")
    assert owed()["A1"] == "Phòng Kế hoạch"


def test_a_share_that_is_not_understood_ends_with_one_line(office: Run) -> None:
    into = ("--into", "Phòng Kế hoạch", "--into", "Phòng Tài chính")
    refused = office("unit", "split", PLANS, *into, "--give", "một=Phòng Kế hoạch")
    assert (refused.exit_code, "Không hiểu --give" in refused.stderr) == (2, True)


def test_changes_are_listed_for_another_program_and_dropped(office: Run) -> None:
    office("unit", "rename", PLANS, BOTH, "--from", "2022-07-01", "--confirm")
    waiting = rows(office("unit", "changes", "--json"))
    assert [(each["kind"], each["from"], each["state"]) for each in waiting] == [
        ("rename", "2022-07-01", "confirmed")
    ]
    office("unit", "drop", str(waiting[0]["number"]))
    assert rows(office("unit", "changes", "--json")) == []


def test_a_unit_that_owes_is_not_closed_alone(office: Run) -> None:
    refused = office("unit", "close", PLANS)
    assert (refused.exit_code, "còn 1 phần việc chưa xong" in refused.stderr) == (1, True)
    office("unit", "close", PLANS, "--to", PRESS, "--confirm")
    assert set(owed().values()) == {PRESS}


def test_an_edition_that_waits_is_there_after_a_restart(office: Run) -> None:
    office("plan", "add", "dieu-chinh.md")
    assert "(chờ xác nhận)" in office("plan", "list").stdout
    again = office("plan", "add", "dieu-chinh.md", "--confirm").stdout
    assert "Tệp này đã gửi trước đó; đây là bản đang chờ xác nhận" in again
    assert "sửa 1, thêm 0" in again


def test_a_plan_and_the_units_are_there_in_full_for_a_page(office: Run) -> None:
    shown = value(office("plan", "show", "1", "--json"))
    assert (shown["file"], shown["files"], shown["edition_of"]) == ("ke-hoach.md", ["ke-hoach.md"], None)
    assert {"partners", "group", "deliverables", "parts"} <= shown["duties"][0].keys()
    units = rows(office("unit", "list", "--json"))
    assert [(each["id"], each["kind"], each["aliases"]) for each in units] == [
        (1, "phong", []),
        (2, "phong", []),
    ]
