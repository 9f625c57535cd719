"""`nhacviec init`: five answers make a `.env` that the program takes, and nothing is overwritten unasked."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import program
from bot.settings import Settings

TELEGRAM = "7100000001:AAE-a_token_that_nobody_may_ever_see"
NOTHING = ("", "", "", "", "")
ENV = Path(".env")


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def answered(*answers: str) -> Result:
    return CliRunner().invoke(program, ["init"], input="".join(f"{each}\n" for each in answers))


def test_five_answers_are_what_the_program_reads() -> None:
    answered(
        "Sở Thông tin và Truyền thông",
        "Khánh Hòa, STTTT",
        "",
        "https://nhacviec.example",
        "telegram",
        TELEGRAM,
    )
    settings = Settings()
    assert (settings.agency_name, settings.agency_place, settings.agency_code) == (
        "Sở Thông tin và Truyền thông", "Khánh Hòa", "STTTT",
    )  # fmt: skip
    assert settings.base_url == "https://nhacviec.example"
    assert settings.telegram_token.get_secret_value() == TELEGRAM


def test_enter_everywhere_leaves_every_default() -> None:
    defaults = Settings()
    assert answered(*NOTHING).exit_code == 0
    assert (ENV.exists(), Settings()) == (True, defaults)


def test_zalo_is_asked_for_its_token_too() -> None:
    answered(*NOTHING[:4], "Zalo", "8800000001:a-token-that-nobody-may-ever-see")
    assert Settings().zalo_bots == ["8800000001:a-token-that-nobody-may-ever-see"]


def test_an_address_with_a_port_is_listened_to_from_everywhere() -> None:
    answered("", "", "", "http://192.168.1.10:9000", "")
    assert (Settings().host, Settings().port) == ("0.0.0.0", 9000)


def test_this_machine_alone_is_listened_to_from_this_machine() -> None:
    answered("", "", "", "http://localhost:9000", "")
    assert (Settings().host, Settings().port) == ("127.0.0.1", 9000)


@pytest.mark.parametrize(("answers", "said"), [
    (("", "", "mysql", "", "", ""), "postgresql+psycopg://"),
    (("", "", "foo://x/y", "", "", ""), "postgresql+psycopg://"),
    (("", "", "mysql://x/y", "", "", ""), "postgresql+psycopg://"),
    (("", "", "postgresql+asyncpg://x/y", "", "", ""), "postgresql+psycopg://"),
    (("", "", "", "nhacviec.example", "", ""), "https://"),
    (("", "", "", "http://x:99999", "", ""), "Địa chỉ chưa đúng"),
    (("", "", "", "https://x/cong-viec", "", ""), "không ghi đường dẫn"),
    (("", "", "", "", "viber", ""), "telegram, zalo"),
    (("", "", "", "", "telegram", "không phải mã", ""), "<số>:<chuỗi>"),
])  # fmt: skip
def test_an_answer_that_cannot_be_taken_is_asked_again(answers: tuple[str, ...], said: str) -> None:
    result = answered(*answers)
    assert (result.exit_code, said in result.stdout) == (0, True)


def test_the_token_is_not_shown() -> None:
    assert TELEGRAM not in answered(*NOTHING[:4], "telegram", TELEGRAM).output


@pytest.mark.skipif(os.name != "posix", reason="rights are kept elsewhere")
def test_only_its_owner_may_read_it() -> None:
    answered(*NOTHING)
    assert ENV.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("no", ["", "k", "không"])
def test_a_file_that_is_there_is_kept(no: str) -> None:
    ENV.write_text("NHACVIEC_PORT=9001\n")
    assert answered(no, *NOTHING).exit_code == 1
    assert ENV.read_text() == "NHACVIEC_PORT=9001\n"


def test_a_file_that_is_there_is_replaced_when_told_so() -> None:
    ENV.write_text("NHACVIEC_PORT=9001\n")
    assert answered("có", *NOTHING).exit_code == 0
    assert Settings().port == 8080


def test_answers_broken_off_leave_nothing_behind(tmp_path: Path) -> None:
    assert answered("Sở Thông tin và Truyền thông", "Khánh Hòa").exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said_before_anything_is_asked() -> None:
    result = CliRunner().invoke(program, ["init", "--file", "khong-co/.env"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Không có thư mục khong-co" in result.stderr


def test_it_says_what_comes_next() -> None:
    assert "nhacviec run" in answered(*NOTHING).stdout
