"""The pages in docs/: what they lead to is there, and every picture is shown somewhere."""

import re
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s#]+)[^)]*\)|src=\"([^\"]+)\"")


def linked(page: Path) -> list[Path]:
    """The files of ours that a page leads to or shows."""
    found = ("".join(pair) for pair in LINK.findall(page.read_text("utf-8")))
    return [(page.parent / each).resolve() for each in found if not re.match(r"\w+:", each)]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_page_leads_to_is_there(page: Path) -> None:
    assert [each for each in linked(page) if not each.exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_page_is_written_composed(page: Path) -> None:
    assert unicodedata.is_normalized("NFC", page.read_text("utf-8"))


def test_every_picture_is_shown_somewhere() -> None:
    shown = {each for page in PAGES for each in linked(page)}
    assert {each.resolve() for each in (ROOT / "docs" / "pictures").iterdir()} <= shown
