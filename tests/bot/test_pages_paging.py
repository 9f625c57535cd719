"""Long lists: which part is shown, and that of the units it is the part that was asked for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pages.paging import AT_ONCE, page_of
from bot.pages.people.chats import ChatSeen
from bot.pages.people.facts import Roster, UnitSeen
from bot.pages.people.picked import Reach, Wanted, picked, wanted_of
from duties.plan import UnitKind

HERE = ChatSeen(1, 1, "web", "Thu", date(2022, 3, 1))


def unit(number: int, name: str, *chats: ChatSeen, aliases: tuple[str, ...] = ()) -> UnitSeen:
    return UnitSeen(number, name, UnitKind.DEPARTMENT, chats=chats, aliases=aliases)


PLANS, PRESS = unit(1, "Phòng Kế hoạch"), unit(2, "Phòng Báo chí", HERE, aliases=("P. BC",))
GONE = unit(3, "Phòng Kế toán")
ROSTER = Roster(units=(PLANS, PRESS), ended=(GONE,))


def names(wanted: Wanted) -> list[str]:
    shown, others = picked(ROSTER, wanted)
    return [each.name for each in (*shown.page.rows, *others.ended)]


@given(st.integers(0, 400), st.integers(-3, 20))
def test_the_pages_of_a_list_are_all_of_it_once(count: int, asked: int) -> None:
    rows = list(range(count))
    last = page_of(rows, asked).last
    assert [row for number in range(1, last + 1) for row in page_of(rows, number).rows] == rows
    assert 1 <= page_of(rows, asked).number <= last


def test_fifty_units_are_shown_of_a_hundred_and_all_are_counted() -> None:
    many = Roster(units=tuple(unit(n, f"Phòng {n}") for n in range(AT_ONCE + 3)), ended=())
    shown, _ = picked(many, Wanted(page=2))
    assert (len(shown.page.rows), shown.page.count, shown.unreached, shown.total) == (3, 53, 53, 53)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ["Phòng Kế hoạch", "Phòng Báo chí", "Phòng Kế toán"]),
        (Wanted("ke hoach"), ["Phòng Kế hoạch"]),
        (Wanted("hoạch KẾ"), ["Phòng Kế hoạch"]),
        (Wanted("p. bc"), ["Phòng Báo chí"]),
        (Wanted("thu"), ["Phòng Báo chí"]),
        (Wanted("ke"), ["Phòng Kế hoạch", "Phòng Kế toán"]),
        (Wanted(reach=Reach.NOBODY), ["Phòng Kế hoạch"]),
        (Wanted(reach=Reach.SOMEBODY), ["Phòng Báo chí"]),
        (Wanted(reach=Reach.ENDED), ["Phòng Kế toán"]),
        (Wanted("không có"), []),
    ],
)
def test_a_unit_is_found_by_its_names_its_chat_and_how_it_is_reached(
    wanted: Wanted, found: list[str]
) -> None:
    assert names(wanted) == found


def test_the_address_says_the_list_and_is_read_back() -> None:
    wanted = Wanted("Kế hoạch", Reach.NOBODY, 2)
    assert wanted.address(2) == "/don-vi?tim=K%E1%BA%BF+ho%E1%BA%A1ch&xem=chua-ai-nhan&trang=2"
    said = {"tim": "Kế hoạch", "xem": "chua-ai-nhan", "trang": "2"}
    assert wanted_of(lambda name: said[name]) == wanted


@pytest.mark.parametrize("said", ["-1", "x", "²", "9" * 30, "1.5"])
def test_what_an_address_says_amiss_counts_as_not_said(said: str) -> None:
    assert wanted_of(lambda _: said) == Wanted(said)
