"""`nhacviec retention`: shown first, done when confirmed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import program
from scheduler.clock import StoppedClock
from tests.conftest import hanoi

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """An office that invited a unit in 2022 and looks again in 2026; settings may be given."""
    monkeypatch.chdir(tmp_path)

    def invoke(*words: str, at: str = "2026-03-14 09:00", **given: str) -> Result:
        env = {"NHACVIEC_DATABASE_URL": "sqlite:///office.db", "NHACVIEC_AGENCY_NAME": "Sở Nội vụ", **given}
        return CliRunner().invoke(program, words, env=env, obj=StoppedClock(hanoi(at)))

    assert invoke("unit", "add", "Thanh tra Sở", at="2022-03-14 09:00").exit_code == 0
    assert invoke("invite", "Thanh tra Sở", at="2022-03-14 09:00").exit_code == 0
    return invoke


def test_it_is_shown_first_and_nothing_goes(run: Run) -> None:
    for _ in range(2):
        told = run("retention").stdout
        assert "Lượt nhập mã sai, mã mời hết hiệu lực chưa dùng: 1 mục trước ngày 01/12/2025\n" in told
        assert "Mục nhật ký: giữ lâu dài\n" in told
        assert told.endswith("(tiến trình run cũng tự xóa mỗi ngày).\n")


def test_confirmed_it_goes_and_is_noted(run: Run) -> None:
    assert "Đã xóa 1 mục hết thời hạn giữ." in run("retention", "--confirm").stdout
    assert "xóa dữ liệu hết hạn giữ" in run("audit", "list", "--last", "1").stdout
    assert run("audit", "verify").exit_code == 0


def test_how_long_is_a_setting(run: Run) -> None:
    kept = json.loads(run("retention", "--json", NHACVIEC_KEEP_CODES_MONTHS="0").stdout)["kinds"]
    assert [each["before"] for each in kept if each["kind"] == "codes"] == [None]


def test_the_oldest_of_the_trail_goes_where_that_is_wanted(run: Run) -> None:
    run("retention", "--confirm", NHACVIEC_KEEP_TRAIL_YEARS="2")
    assert run("audit", "verify").exit_code == 0
    assert "bỏ phần nhật ký đã hết hạn giữ" in run("audit", "list").stdout
    assert "thêm đơn vị" not in run("audit", "list").stdout


def test_whoever_confirmed_it_is_in_the_trail(run: Run) -> None:
    run("retention", "--confirm", NHACVIEC_KEEP_TRAIL_YEARS="2")
    told = run("audit", "list").stdout.splitlines()
    assert all("(dòng lệnh) · " in line for line in told)
    assert any("xóa dữ liệu hết hạn giữ · Lượt nhập mã sai" in line for line in told)


def test_a_head_of_what_went_cannot_be_checked_and_it_says_so(run: Run) -> None:
    kept = json.loads(run("audit", "verify", "--json").stdout)[0]["head"]
    run("retention", "--confirm", NHACVIEC_KEEP_TRAIL_YEARS="2")
    checked = run("audit", "verify", "--head", kept)
    assert (checked.exit_code, f"Không đối chiếu được mã {kept}" in checked.stderr) == (0, True)
