"""`.env.example` and the `.env` that `nhacviec init` writes: every setting, explained, and read back as it was meant."""

import re
from pathlib import Path

import pytest

from bot.env_file import env_text
from bot.settings import Settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"
NAMES = sorted(Settings.model_fields)


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def lines_of(name: str) -> list[str]:
    """What the file says of a setting: its explanation, then the setting itself."""
    parts = env_text().split("\n\n")
    return next(part for part in parts if f"NHACVIEC_{name.upper()}=" in part).splitlines()


def read_back(text: str) -> Settings:
    Path(".env").write_text(text, encoding="utf-8")
    return Settings()


def test_the_example_is_what_the_settings_say() -> None:
    assert EXAMPLE.read_text("utf-8") == env_text(), "python -m bot.env_file > .env.example"


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_is_explained_in_vietnamese(name: str) -> None:
    explained = " ".join(lines_of(name)[:-1])
    assert re.search(r"[à-ỹđ]", explained)


@pytest.mark.parametrize("name", [each for each in NAMES if f"{each}_file" in NAMES])
def test_a_secret_is_empty_and_names_the_file_that_may_hold_it(name: str) -> None:
    *explained, setting = lines_of(name)
    assert setting == f"# NHACVIEC_{name.upper()}="
    assert f"NHACVIEC_{name.upper()}_FILE" in " ".join(explained)


def test_the_example_as_it_is_changes_nothing() -> None:
    before = Settings()
    assert read_back(env_text()) == before


def test_the_example_with_every_line_uncommented_says_the_defaults() -> None:
    before = Settings()
    uncommented = re.sub(r"(?m)^# (?=NHACVIEC_)", "", env_text())
    assert read_back(uncommented) == before


@pytest.mark.parametrize("name", [
    "Sở Thông tin và Truyền thông", "Ban “Chỉ đạo” # số 1", "O'Brien", r"C:\so\tttt", "$HOME", "=a=",
])  # fmt: skip
def test_what_was_chosen_is_read_back_unchanged(name: str) -> None:
    assert read_back(env_text({"agency_name": name})).agency_name == name


def test_the_mark_that_windows_puts_at_the_head_of_a_file_is_no_part_of_it() -> None:
    Path("token").write_text("7100000001:of-nobody\n", "utf-8-sig")
    Path(".env").write_text("NHACVIEC_TELEGRAM_TOKEN_FILE=token\n", "utf-8-sig")
    assert Settings().telegram_token.get_secret_value() == "7100000001:of-nobody"
