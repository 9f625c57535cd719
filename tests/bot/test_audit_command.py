"""`nhacviec audit`, as whoever watches over the office uses it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from bot.__main__ import program
from data.engine import migrate, open_engine
from scheduler.clock import StoppedClock
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PRESS
from tests.fakes.keeping import busy_office

CLOCK = StoppedClock(hanoi("2022-03-14 09:00"))
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def invoke(*words: str, database: str = "office.db") -> Result:
        env = {"NHACVIEC_DATABASE_URL": f"sqlite:///{database}", "NHACVIEC_AGENCY_NAME": "Sở Nội vụ"}
        return CliRunner().invoke(program, words, env=env, obj=CLOCK)

    return invoke


@pytest.fixture
def office(run: Run) -> Run:
    """Three entries."""
    for name in ("Thanh tra Sở", "Văn phòng Sở", "Phòng Tổ chức"):
        assert run("unit", "add", name).exit_code == 0
    return run


def tamper(statement: str) -> None:
    """As whoever owns the file can."""
    engine = open_engine("sqlite:///office.db")
    with engine.begin() as connection:
        for guard in ("trail_is_fixed", "trail_is_erased_whole", "trail_stays"):
            connection.execute(text(f"DROP TRIGGER {guard}"))
        connection.execute(text(statement))
    engine.dispose()


def head(run: Run) -> str:
    return str(json.loads(run("audit", "verify", "--json").stdout)[0]["head"])


def test_a_whole_trail_is_one_line_with_its_head(office: Run) -> None:
    checked = office("audit", "verify")
    assert checked.exit_code == 0
    assert checked.stdout == (
        "Sở Nội vụ: 3 mục, từ 09:00 ngày 14/03/2022 đến 09:00 ngày 14/03/2022: nguyên vẹn. "
        f"Mã đối chiếu: {head(office)}\n"
    )


def test_the_first_entry_that_is_wrong_is_told_with_what_to_do(office: Run) -> None:
    tamper("UPDATE trail SET action = 'drop_unit' WHERE place = 2")
    checked = office("audit", "verify")
    assert (checked.exit_code, checked.stdout.count("\n")) == (1, 1)
    assert "KHÔNG nguyên vẹn từ mục 2 (ghi lúc 09:00 ngày 14/03/2022)" in checked.stdout
    assert "chạy nhacviec backup để lưu lại hiện trạng" in checked.stdout


def test_a_head_kept_elsewhere_tells_what_was_cut_off(office: Run) -> None:
    kept = head(office)
    tamper("DELETE FROM trail WHERE place = 3")
    assert office("audit", "verify").exit_code == 0
    checked = office("audit", "verify", "--head", kept)
    assert (checked.exit_code, "từ mục 3: các mục từ đây" in checked.stdout) == (1, True)


def test_even_when_all_of_it_is_gone(office: Run) -> None:
    kept = head(office)
    tamper("DELETE FROM trail")
    assert office("audit", "verify", "--head", kept).exit_code == 1


def test_a_program_may_read_what_is_wrong(office: Run) -> None:
    tamper("DELETE FROM trail WHERE place = 2")
    [found] = json.loads(office("audit", "verify", "--json").stdout)
    assert (found["intact"], found["broken"]) == (False, {"place": 2, "fault": "missing", "at": None})


def test_the_entries_are_told_in_words(office: Run) -> None:
    lines = office("audit", "list").stdout.splitlines()
    assert [line.split(" · ")[0] for line in lines] == [f"{n}. 09:00 ngày 14/03/2022" for n in (1, 2, 3)]
    assert lines[0].split(" · ")[2] == "thêm đơn vị"


def test_work_plans_and_units_are_called_by_their_names(run: Run, tmp_path: Path) -> None:
    engine = open_engine("sqlite:///office.db")
    migrate(engine)
    busy_office(engine, tmp_path / "files")
    engine.dispose()
    told = [line.split(" · ", 1)[1] for line in run("audit", "list").stdout.splitlines()]
    assert f"{PRESS} · xin lùi hạn · #A4 1.3 · xin đến 20/04/2022 · “chờ số liệu”" in told
    assert f"{OFFICE} (Văn phòng (điều phối)) · cho lùi hạn · #A4 1.3 · {PRESS} · hạn 20/04/2022" in told


@pytest.mark.parametrize(("since", "count"), [("14/3/2022", 3), ("15/3/2022", 0)])
def test_entries_since_a_day_can_be_had_by_a_program(office: Run, since: str, count: int) -> None:
    assert len(json.loads(office("audit", "list", "--since", since, "--json").stdout)) == count


def test_what_is_no_head_is_one_line(office: Run) -> None:
    refused = office("audit", "verify", "--head", "12")
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert "Mã đối chiếu chưa đúng dạng" in refused.stderr


def test_where_there_is_nothing_it_says_so_and_makes_nothing(run: Run) -> None:
    refused = run("audit", "verify", database="khong-co.db")
    assert (refused.exit_code, "Chưa có dữ liệu nào" in refused.stderr) == (1, True)
    assert not Path("khong-co.db").exists()


def test_a_backup_keeps_the_head_and_is_noted(office: Run) -> None:
    kept = head(office)
    made = json.loads(office("backup", "a.tar", "--json").stdout)
    assert made["heads"] == [kept]
    assert "sao lưu dữ liệu" in office("audit", "list", "--last", "1").stdout


def test_what_was_restored_has_the_same_chain_and_goes_on(office: Run) -> None:
    kept = head(office)
    office("backup", "a.tar")
    assert office("restore", "a.tar", database="new.db").exit_code == 0
    assert office("audit", "verify", "--head", kept, database="new.db").exit_code == 0
    assert "khôi phục từ bản sao lưu" in office("audit", "list", "--last", "1", database="new.db").stdout


def test_handing_everything_over_is_noted(office: Run) -> None:
    office("export", "ra")
    assert "xuất toàn bộ dữ liệu" in office("audit", "list", "--last", "1").stdout
