"""The picture of a report: what is on it, how wide it is, and that nothing people write can spoil it."""

import io
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from documents.draw_png import draw_png
from documents.picture import Picture, Type
from documents.units_picture import MOST_UNITS, PAINTS, worst_first
from duties.progress import Value
from duties.report import Report
from tests.fakes.reports import fact, report, report_of


def seen(of: Report) -> Image.Image:
    return Image.open(io.BytesIO(draw_png(of))).convert("RGB")


def colours(of: Report) -> set[str]:
    found = seen(of).getcolors(maxcolors=1 << 24) or []
    return {"#{:02X}{:02X}{:02X}".format(*colour) for _, colour in found if isinstance(colour, tuple)}


@cache
def size(rows: int, units: int) -> tuple[int, int]:
    return seen(report(rows, units)).size


@pytest.mark.parametrize(("rows", "units"), [(0, 1), (1, 1), (30, 6), (120, 60)])
def test_it_is_as_wide_as_a_phone_and_no_longer_than_a_chat_takes(rows: int, units: int) -> None:
    wide, high = size(rows, units)
    assert wide == 1080
    assert wide + high < 10_000


@pytest.mark.parametrize("value", list(Value))
def test_each_value_has_its_colour(value: Value) -> None:
    assert PAINTS[value].colour in colours(report_of([fact(1, value=value)]))


def test_an_empty_window_is_a_picture_too() -> None:
    assert seen(report_of([])).height > 200


def test_the_most_overdue_unit_comes_first() -> None:
    of = report_of(
        [fact(1), fact(2, unit=1, duty=1, value=Value.OVERDUE), fact(3, unit=2, duty=2, value=Value.LATE)]
    )
    assert [line.unit_id for line in worst_first(of.summary.by_unit)] == [2, 3, 1]


def test_a_unit_with_nothing_due_has_no_bar() -> None:
    ongoing = replace(
        fact(1, value=None), ongoing=True, window="2022-Q2", period=None, original_last_day=None
    )
    assert worst_first(report_of([ongoing]).summary.by_unit) == []


def test_beyond_thirty_units_the_picture_grows_no_more() -> None:
    assert abs(size(2 * (MOST_UNITS + 5), MOST_UNITS + 5)[1] - size(4 * MOST_UNITS, 2 * MOST_UNITS)[1]) < 150


def test_a_long_name_is_broken_to_the_width() -> None:
    picture, look = Picture(), Type(36)
    lines = picture.lines(
        "Trung tâm Công nghệ thông tin và Dịch vụ hành chính công trực tuyến " * 4, look, 900, 3
    )
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(picture.width(line, look) <= 900 + 36 for line in lines)


@given(st.text(max_size=80))
@settings(max_examples=6, deadline=None)
def test_any_name_can_be_drawn(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert draw_png(report_of([replace(fact(1), unit=name)]))


def test_a_name_with_dollars_is_no_formula() -> None:
    assert draw_png(report_of([replace(fact(1), unit="$\\frac{1}{$ & $x_")]))


def test_the_same_report_gives_the_same_bytes_from_any_thread() -> None:
    of = report(3, 3)
    with ThreadPoolExecutor(4) as threads:
        pictures = set(threads.map(draw_png, [of] * 4))
    assert len(pictures) == 1
