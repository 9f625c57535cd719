"""Whole plans, as offices sent them, against what a careful clerk found in them."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from bot.program.read import as_values
from documents.reading import read_file
from duties.plan import DraftDuty, DutyKind
from tests.fakes.papers import EXPECTED, SAMPLES, sample

EXACT = ("code", "leads", "partners", "phrase", "group", "reading", "also", "kind", "to", "parts")


def expected_duties() -> list[Any]:
    return [
        pytest.param(plan["source"], place, wanted, id=f"{plan['source']}-{place + 1}-{wanted['code']}")
        for plan in EXPECTED
        for place, wanted in enumerate(plan["duties"])
    ]


def plain(value: object) -> object:
    """The expected files differ from the paper in the capital of “Các” after a colon."""
    return (
        [name.casefold() for name in value if isinstance(name, str)] or value
        if isinstance(value, list)
        else value
    )


def duty(plan: str, code: str) -> DraftDuty:
    return next(duty for duty in sample(plan).duties if duty.code == code)


def alike(duty: DraftDuty) -> tuple[object, ...]:
    """All of a duty but its place and the line breaks in it."""
    content = " ".join(duty.content.split())
    return (
        duty.code,
        duty.group,
        content,
        duty.leads,
        duty.partners,
        duty.parts,
        duty.deadline,
        duty.kind,
        duty.to,
    )


@pytest.mark.parametrize("wanted", EXPECTED, ids=lambda plan: plan["source"])
def test_it_reads_the_head_as_a_clerk_does(wanted: dict[str, Any]) -> None:
    head = as_values(sample(wanted["source"]))["plan"]
    assert {"year": None, "period": None, **wanted["plan"]} == head


@pytest.mark.parametrize("wanted", EXPECTED, ids=lambda plan: plan["source"])
def test_it_finds_every_duty_and_invents_none(wanted: dict[str, Any]) -> None:
    assert len(sample(wanted["source"]).duties) == wanted["count"] == len(wanted["duties"])


@pytest.mark.parametrize(("plan", "place", "wanted"), expected_duties())
def test_it_reads_the_duty_as_a_clerk_does(plan: str, place: int, wanted: dict[str, Any]) -> None:
    found = as_values(sample(plan))["duties"][place]
    firm = [field for field in EXACT if field in wanted and field not in wanted.get("loose", ())]
    assert {field: plain(found[field]) for field in firm} == {field: plain(wanted[field]) for field in firm}


@pytest.mark.parametrize(("plan", "place", "wanted"), expected_duties())
def test_it_begins_the_content_where_a_clerk_does(plan: str, place: int, wanted: dict[str, Any]) -> None:
    content = " ".join(sample(plan).duties[place].content.split())
    assert content.startswith(wanted["content_start"]) or "content_start" in wanted["loose"]


@pytest.mark.parametrize(("plan", "place", "wanted"), expected_duties())
def test_it_dates_the_duty_as_a_clerk_does(plan: str, place: int, wanted: dict[str, Any]) -> None:
    found = as_values(sample(plan))["duties"][place]["due"]
    assert [(due["stated"], due["last_day"]) for due in found] == [
        (due["stated"], due["last_day"]) for due in wanted.get("due", ())
    ]


def test_it_finds_all_140_tasks_of_the_annex_in_order() -> None:
    codes = [duty.code for duty in sample("nq03-phu-luc-2.md").duties]
    assert codes == [str(number) for number in range(1, 141)]


def test_it_puts_the_annex_in_its_seven_groups() -> None:
    groups = dict.fromkeys(duty.group.split(".")[0] for duty in sample("nq03-phu-luc-2.md").duties)
    assert list(groups) == ["I", "II", "III", "IV", "V", "VI", "VII"]


def test_it_parts_two_leads_with_nothing_between_them() -> None:
    leads = duty("nq03-phu-luc-2.md", "8").leads
    assert leads == ("Bộ Thông tin và Truyền thông", "Bộ Khoa học và Công nghệ")


def letters(names: Iterable[str]) -> str:
    """The words of names without what divides them."""
    return "".join(re.findall(r"\w", re.sub(r"\bvà\b", "", " ".join(names))))


def test_it_loses_no_word_of_a_cell_that_only_names_units() -> None:
    grid = read_file(SAMPLES / "nq03-phu-luc-2.md").grids[0]
    printed = [row for row in grid.rows[1:] if row.cells[0].flat[:1].isdigit()]
    read = sample("nq03-phu-luc-2.md").duties
    lost = [
        duty.code
        for row, duty in zip(printed, read, strict=True)
        if (letters([row.cells[2].flat]), letters([row.cells[3].flat]))
        != (letters(duty.leads), letters(duty.partners))
    ]
    assert lost == []


def test_it_joins_a_row_that_goes_on_over_the_page() -> None:
    broken = duty("nq03-phu-luc-2.md", "110")
    assert "Giấy hẹn khám lại; Kết quả xét nghiệm" in " ".join(broken.content.split())


def test_it_mends_a_name_that_the_page_broke() -> None:
    assert "Bộ Nông nghiệp và Phát triển nông thôn" in duty("nq03-phu-luc-2.md", "108").leads


def test_it_tells_of_words_left_over_in_a_group_row() -> None:
    assert [left.text for left in sample("nq03-phu-luc-2.md").left_out] == ["năm tiếp theo"]


@pytest.mark.parametrize("name", [path.name for path in sorted(SAMPLES.glob("*.docx"))])
def test_a_word_file_gives_the_same_duties_as_its_text(name: str) -> None:
    text = next(path.name for path in SAMPLES.glob(f"{Path(name).stem}.*") if path.suffix in {".txt", ".md"})
    assert [alike(duty) for duty in sample(name).duties] == [alike(duty) for duty in sample(text).duties]


@pytest.mark.parametrize("name", [path.name for path in sorted(SAMPLES.glob("*.pdf"))])
def test_a_printed_file_gives_the_same_duties_as_the_word_file(name: str) -> None:
    word = Path(name.split(".")[0]).with_suffix(".docx").name
    assert [alike(duty) for duty in sample(name).duties] == [alike(duty) for duty in sample(word).duties]


def test_a_page_of_a_portal_gives_the_same_duties_as_its_text() -> None:
    page, text = sample("kon-tum-bqlkkt-2020.html"), sample("kon-tum-bqlkkt-2020.txt")
    assert [alike(duty) for duty in page.duties] == [alike(duty) for duty in text.duties]


@pytest.mark.parametrize("name", [path.name for path in sorted(SAMPLES.glob("*.xlsx"))])
def test_an_excel_annex_gives_the_same_tasks_as_the_word_file(name: str) -> None:
    annex = [alike(duty) for duty in sample(name).duties]
    whole = [alike(duty) for duty in sample(name.replace(".xlsx", ".docx")).duties]
    assert annex == whole[: len(annex)]
    assert all(
        duty.kind is DutyKind.REPORT for duty in sample(name.replace(".xlsx", ".docx")).duties[len(annex) :]
    )
