"""The built-in chat: nothing to send, and what a browser hands in is made fit to be heard."""

import asyncio
import unicodedata

import pytest

from bot.channels.web.channel import WebChannel
from bot.channels.web.inbox import (
    LONGEST_NAME,
    MOST_BYTES,
    MOST_LETTERS,
    NothingInIt,
    TooBig,
    TooLong,
    check_size,
    clean_name,
    clean_words,
)
from duties.message import Line, Message
from scheduler.channel import Address, Channel

HERE = Address("web", "", "here")
HELLO = Message((Line("Kính gửi"),))


def test_every_letter_gets_an_id_of_its_own() -> None:
    channel: Channel = WebChannel()
    first = asyncio.run(channel.send(HERE, HELLO))
    assert first
    assert first != asyncio.run(channel.send(HERE, HELLO))


def test_it_says_that_it_has_buttons_and_knows_what_is_quoted() -> None:
    able = WebChannel.capabilities
    assert (able.buttons, able.knows_quoted, able.documents_in) == (True, True, True)


def test_accents_typed_apart_are_heard_composed() -> None:
    assert clean_words(unicodedata.normalize("NFD", "Đã hoàn tất")) == "Đã hoàn tất"


def test_control_characters_are_not_heard_and_new_lines_are() -> None:
    assert clean_words("  xong\x00 1\x1b\nxong 2 ") == "xong 1\nxong 2"


def test_the_longest_message_is_taken() -> None:
    assert len(clean_words("a" * MOST_LETTERS)) == MOST_LETTERS


def test_a_longer_message_is_refused_rather_than_cut() -> None:
    with pytest.raises(TooLong, match=r"4\.000"):
        clean_words("a" * (MOST_LETTERS + 1))


@pytest.mark.parametrize("raw", ["../../etc/kế hoạch.docx", "C:\\Users\\a\\kế hoạch.docx", "kế hoạch.docx"])
def test_a_file_keeps_its_own_name_only(raw: str) -> None:
    assert clean_name(raw) == "kế hoạch.docx"


def test_a_very_long_name_keeps_its_ending() -> None:
    name = clean_name("k" * 500 + ".docx")
    assert len(name) == LONGEST_NAME
    assert name.endswith(".docx")


@pytest.mark.parametrize("raw", ["", "/", "\x00"])
def test_a_file_without_a_name_is_called_a_file(raw: str) -> None:
    assert clean_name(raw) == "tệp"


def test_a_file_of_the_greatest_size_is_taken() -> None:
    check_size(MOST_BYTES)


def test_a_file_above_it_is_refused_with_a_way_out() -> None:
    with pytest.raises(TooBig, match=r"20 MB.*đường dẫn"):
        check_size(MOST_BYTES + 1)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(NothingInIt):
        check_size(0)
