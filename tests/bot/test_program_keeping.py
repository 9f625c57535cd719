"""`nhacviec backup` and `restore`, as the administrator uses them."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import program
from bot.app import run_lock
from data.keeping.unfinished import ENDING
from scheduler.clock import StoppedClock
from tests.conftest import hanoi
from tests.fakes.keeping import SECRET

CLOCK = StoppedClock(hanoi("2022-03-14 09:00"))
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`database` names the SQLite file; `answer` is what is typed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mat-khau.txt").write_text(f"{SECRET}\n", encoding="utf-8")

    def invoke(*words: str, database: str = "office.db", answer: str = "") -> Result:
        env = {"NHACVIEC_DATABASE_URL": f"sqlite:///{database}", "NHACVIEC_AGENCY_NAME": "Sở Nội vụ"}
        return CliRunner().invoke(program, words, env=env, obj=CLOCK, input=answer)

    return invoke


@pytest.fixture
def office(run: Run) -> Run:
    assert run("unit", "add", "Thanh tra Sở").exit_code == 0
    return run


def units(run: Run, database: str) -> list[str]:
    return [unit["name"] for unit in json.loads(run("unit", "list", "--json", database=database).stdout)]


def test_it_says_what_was_kept_and_how_to_bring_it_back(office: Run) -> None:
    assert "Khôi phục: nhacviec restore a.tar" in office("backup", "a.tar").stdout


def test_what_was_kept_comes_back(office: Run) -> None:
    office("backup", "a.tar")
    assert "Đã khôi phục" in office("restore", "a.tar", database="b/new.db").stdout
    assert units(office, "b/new.db") == ["Thanh tra Sở"]


def test_it_says_of_when_it_is(office: Run) -> None:
    office("backup", "a.tar")
    checked = office("restore", "a.tar", "--check").stdout
    assert "còn nguyên vẹn" in checked
    assert "sao lưu lúc 09:00 ngày 14/03/2022" in checked


def test_what_one_that_was_killed_left_is_cleared_away_and_told(office: Run) -> None:
    Path(f".a.tar.x1{ENDING}").write_bytes(b"half")
    assert f"Đã xóa .a.tar.x1{ENDING}" in office("backup", "b.tar").stderr
    assert sorted(path.name for path in Path().glob("*.tar*")) == ["b.tar"]


def test_a_sealed_backup_comes_back_with_its_passphrase(office: Run) -> None:
    office("backup", "a.tar", "--passphrase-file", "mat-khau.txt")
    office("restore", "a.tar", "--passphrase-file", "mat-khau.txt", database="new.db")
    assert units(office, "new.db") == ["Thanh tra Sở"]


def test_a_wrong_passphrase_is_one_line(office: Run) -> None:
    office("backup", "a.tar", "--passphrase-file", "mat-khau.txt")
    Path("mat-khau.txt").write_text("một mật khẩu khác", encoding="utf-8")
    refused = office("restore", "a.tar", "--passphrase-file", "mat-khau.txt", database="new.db")
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert "Mật khẩu chưa đúng" in refused.stderr


def test_an_office_is_not_overwritten_unasked(office: Run) -> None:
    office("backup", "a.tar")
    refused = office("restore", "a.tar")
    assert (refused.exit_code, "thêm --replace" in refused.stderr) == (1, True)


@pytest.mark.parametrize(("answer", "left"), [("không\n", 2), ("đồng ý\n", 1)])
def test_all_is_replaced_only_when_confirmed(office: Run, answer: str, left: int) -> None:
    office("backup", "a.tar")
    office("unit", "add", "Văn phòng Sở")
    office("restore", "a.tar", "--replace", answer=answer)
    assert len(units(office, "office.db")) == left


def test_nothing_is_restored_under_a_running_office(office: Run) -> None:
    office("backup", "a.tar")
    lock = run_lock("sqlite:///office.db")
    assert lock is not None
    with lock:
        refused = office("restore", "a.tar", "--replace", "--yes")
    assert (refused.exit_code, "dừng tiến trình đó" in refused.stderr) == (1, True)


def test_a_damaged_backup_is_one_line(office: Run) -> None:
    office("backup", "a.tar")
    Path("a.tar").write_bytes(Path("a.tar").read_bytes()[:-1])
    refused = office("restore", "a.tar", database="new.db")
    assert (refused.exit_code, "bị hỏng" in refused.stderr, refused.stderr.count("\n")) == (1, True, 1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("restore", "khong-co.tar"), "Không có khong-co.tar"),
        (("restore", "mat-khau.txt"), "không phải bản sao lưu"),
        (("backup", "mat-khau.txt"), "xin chọn tên khác"),
        (("backup", "office.db"), "xin chọn tên khác"),
        (("backup", "khong/a.tar"), "Không có thư mục"),
        (("backup", "a.tar", "--passphrase-file", "khong-co.txt"), "Không đọc được tệp mật khẩu"),
    ],
)
def test_what_cannot_be_done_is_one_line(office: Run, words: tuple[str, ...], said: str) -> None:
    refused = office(*words)
    assert (refused.exit_code != 0, said in refused.stderr, refused.stderr.count("\n")) == (True, True, 1)


@pytest.mark.parametrize("command", ["backup", "export"])
def test_what_is_not_there_is_not_kept(run: Run, command: str) -> None:
    assert "Chưa có dữ liệu nào" in run(command, "a.tar", database="khong-co.db").stderr


def test_a_program_may_read_what_was_kept(office: Run) -> None:
    printed = json.loads(office("backup", "a.tar", "--json").stdout)
    assert (printed["rows"]["unit"], printed["lost"]) == (1, [])


def test_everything_is_handed_over_in_a_folder(office: Run) -> None:
    assert "xin đọc MUC-LUC.txt trước" in office("export", "ra").stdout
    assert "Thanh tra Sở" in Path("ra/don-vi.csv").read_text("utf-8-sig")


def test_everything_is_handed_over_in_one_zip(office: Run) -> None:
    office("export", "ra.zip")
    with ZipFile("ra.zip") as archive:
        assert "Thanh tra Sở" in archive.read("don-vi.csv").decode("utf-8-sig")


@pytest.mark.parametrize("target", ["ra", "ra.zip"])
def test_after_one_that_was_killed_it_can_be_handed_over_again(office: Run, target: str) -> None:
    Path(f".{target}.dang-ghi").mkdir()
    Path(f".{target}.dang-ghi/don-vi.csv").write_text("nửa chừng")
    assert office("export", target).exit_code == 0
    assert sorted(Path().glob(f".{target}*")) == []


def test_what_is_there_is_not_overwritten(office: Run) -> None:
    Path("ra").mkdir()
    refused = office("export", "ra")
    assert (refused.exit_code, "ra đã có; xin chọn tên khác." in refused.stderr) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ("backup", "a.tar"),
        ("export", "ra"),
        ("audit", "verify"),
        ("retention",),
        ("unit", "list"),
        ("run",),
        ("restore", "kept.tar"),
    ],
    ids=" ".join,
)
def test_a_damaged_database_is_one_line_that_says_what_to_do(office: Run, words: tuple[str, ...]) -> None:
    office("backup", "kept.tar")
    Path("torn.db").write_bytes(b"not a database" * 1000)
    refused = office(*words, database="torn.db")
    assert (refused.exit_code != 0, refused.stderr.count("\n")) == (True, 1)
    assert "Tệp cơ sở dữ liệu bị hỏng" in refused.stderr


def test_how_to_bring_a_sealed_one_back_names_the_passphrase(office: Run) -> None:
    said = office("backup", "a.tar", "--passphrase-file", "mat-khau.txt").stdout
    assert "nhacviec restore a.tar --passphrase-file TỆP" in said


def test_a_full_disk_is_one_line_in_vietnamese(office: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    refused = office("backup", "a.tar")
    assert refused.stderr == "Chưa làm được với a.tar: ổ đĩa đã hết chỗ; xin kiểm tra đĩa.\n"
    assert list(Path().glob(".a.tar*")) == []


def test_a_wrong_setting_is_told_as_everywhere(office: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_PORT", "99999")
    refused = office("unit", "list")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "Cấu hình chưa đúng: NHACVIEC_PORT: không được quá 65535.\n",
    )
