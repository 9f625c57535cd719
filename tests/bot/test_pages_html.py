"""Words that people wrote, on their way into a page."""

import pytest

from bot.pages.html import pieces, role_in_table
from bot.pages.talk import what_follows


def links(text: str) -> list[str]:
    return [piece for piece, is_link in pieces(text) if is_link]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("xong 1 https://khanhhoa.gov.vn/tin?id=1, có ảnh", "https://khanhhoa.gov.vn/tin?id=1"),
        ("(xem http://a.vn/b).", "http://a.vn/b"),
        ("“https://a.vn/đường-dẫn”", "https://a.vn/đường-dẫn"),
    ],
)
def test_a_link_is_found_without_what_follows_it(text: str, link: str) -> None:
    assert links(text) == [link]


@pytest.mark.parametrize("text", ["javascript:alert(1)", "data:text/html,x", "a.vn", "https:// rỗng"])
def test_nothing_else_becomes_a_link(text: str) -> None:
    assert links(text) == []


@pytest.mark.parametrize(
    "text", ["", "xong", "https://a.vn", "a https://a.vn. b http://c.vn/d!", "<b>https://a.vn</b>"]
)
def test_cutting_out_links_loses_no_letter(text: str) -> None:
    assert "".join(piece for piece, _ in pieces(text)) == text


@pytest.mark.parametrize(
    ("tag", "scope", "role"),
    [
        ("table", None, "table"),
        ("tbody", None, "rowgroup"),
        ("tr", None, "row"),
        ("td", None, "cell"),
        ("th", "col", "columnheader"),
        ("th", "row", "rowheader"),
    ],
)
def test_a_table_says_what_its_parts_are_for_phones_that_show_it_as_cards(
    tag: str, scope: str | None, role: str
) -> None:
    assert role_in_table(tag, scope) == {"role": role}


def test_what_is_no_part_of_a_table_keeps_its_own_role() -> None:
    assert role_in_table("button", None) == {}


def test_a_new_message_is_all_that_is_drawn() -> None:
    assert what_follows(["a", "b"], ["a", "b", "c"]) == 1


def test_it_is_so_when_the_oldest_fell_off_the_page() -> None:
    assert what_follows(["a", "b", "c"], ["b", "c", "d", "e"]) == 2


def test_nothing_new_draws_nothing() -> None:
    assert what_follows(["a", "b"], ["a", "b"]) == 0


@pytest.mark.parametrize("now", [["a", "x", "b"], ["c"], []])
def test_a_chat_that_changed_in_the_middle_is_drawn_anew(now: list[str]) -> None:
    assert what_follows(["a", "b"], now) is None


def test_an_empty_page_is_drawn_anew() -> None:
    assert what_follows([], ["a"]) is None
