"""A button carries signed words for one chat, in 64 bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.buttons import MOST_BYTES, Buttons

BUTTONS = Buttons("a secret of ours", "7100000001")
CHAT, OTHER = "100", "200"
LONG = "duyệt " + " ".join(f"#A{n}" for n in range(40))


def test_it_says_what_was_put_in() -> None:
    assert BUTTONS.words(CHAT, BUTTONS.data(CHAT, "xong #A12")) == "xong #A12"


@given(st.text(max_size=120), st.sampled_from([CHAT, "-1002100000000"]))
def test_it_is_never_too_long_for_telegram(says: str, chat: str) -> None:
    assert len(BUTTONS.data(chat, says).encode()) <= MOST_BYTES


def test_words_too_long_for_it_are_looked_up_in_what_was_offered() -> None:
    data = BUTTONS.data(CHAT, LONG)
    assert BUTTONS.words(CHAT, data, ["/viec", LONG]) == LONG


def test_words_that_were_not_offered_are_not_found() -> None:
    assert BUTTONS.words(CHAT, BUTTONS.data(CHAT, LONG), ["/viec"]) is None


def test_another_chat_s_button_is_not_taken() -> None:
    assert BUTTONS.words(OTHER, BUTTONS.data(CHAT, "xong #A12")) is None


def test_another_bot_s_button_is_not_taken() -> None:
    assert Buttons("a secret of ours", "1").words(CHAT, BUTTONS.data(CHAT, "xong #A12")) is None


@pytest.mark.parametrize("data", ["", "xong #A12", "x" * 64, "ạ" * 12 + "xong", "\x00"])
def test_what_we_did_not_sign_says_nothing(data: str) -> None:
    assert BUTTONS.words(CHAT, data, ["xong #A12"]) is None


def test_changed_words_say_nothing() -> None:
    assert BUTTONS.words(CHAT, BUTTONS.data(CHAT, "xong #A12") + "3") is None
