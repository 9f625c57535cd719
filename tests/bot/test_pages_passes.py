"""The cookie that lets a browser into its chats."""

import pytest

from bot.pages.passes import LONGEST_NAME, MOST_CHATS, Links, Pass, Seat

LINKS = Links("https://nhacviec.example.vn/", "một khoá bí mật đủ dài")
HELD = Pass((Seat(7, "dia-chi"),), "Hà")


def test_a_pass_is_read_back_as_it_was_signed() -> None:
    assert LINKS.read(LINKS.sign(HELD)) == HELD


@pytest.mark.parametrize("cookie", [None, "", "abc", "W10.x.y", "a.b.c.d"])
def test_what_we_did_not_sign_opens_nothing(cookie: str | None) -> None:
    assert LINKS.read(cookie) == Pass()


def test_a_pass_of_another_secret_opens_nothing() -> None:
    assert LINKS.read(Links("", "khoá khác").sign(HELD)) == Pass()


def test_a_changed_pass_opens_nothing() -> None:
    mine, theirs = LINKS.sign(HELD), LINKS.sign(Pass((Seat(8, "khác"),)))
    forged = ".".join([theirs.split(".")[0], *mine.split(".")[1:]])
    assert LINKS.read(forged) == Pass()


def test_the_newest_seat_comes_first_and_none_comes_twice() -> None:
    held = HELD.with_seat(Seat(8, "b"), "").with_seat(Seat(7, "dia-chi"), "")
    assert [seat.chat_id for seat in held.seats] == [7, 8]


def test_a_name_is_kept_until_another_is_given() -> None:
    assert (HELD.with_seat(Seat(8, "b"), "").name, HELD.with_seat(Seat(8, "b"), "Lan").name) == ("Hà", "Lan")


def test_the_fullest_pass_fits_a_cookie() -> None:
    held = Pass(name="ễ" * LONGEST_NAME)
    for chat_id in range(1_000_000, 1_000_000 + 2 * MOST_CHATS):
        held = held.with_seat(Seat(chat_id, "x" * 22), "")
    assert len(held.seats) == MOST_CHATS
    assert len(LINKS.sign(held)) < 3_800


def test_an_invitation_is_a_link_on_our_own_page() -> None:
    assert LINKS.invitation("ABCD2345") == "https://nhacviec.example.vn/vao/ABCD2345"
