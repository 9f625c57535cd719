"""The built-in chat: nothing to send, and what a browser hands in is made fit to be heard."""

import asyncio
import unicodedata

import pytest

from bot.channels.web.channel import WebChannel
from bot.channels.web.inbox import MOST_LETTERS, TooLong, clean_words
from duties.message import Line, Message
from scheduler.channel import Address, Channel

HERE = Address("web", "", "here")
HELLO = Message((Line("Kính gửi"),))


def test_every_letter_gets_an_id_of_its_own() -> None:
    channel: Channel = WebChannel()
    first = asyncio.run(channel.send(HERE, HELLO))
    assert first
    assert first != asyncio.run(channel.send(HERE, HELLO))


def test_accents_typed_apart_are_heard_composed() -> None:
    assert clean_words(unicodedata.normalize("NFD", "Đã hoàn tất")) == "Đã hoàn tất"


def test_control_characters_are_not_heard_and_new_lines_are() -> None:
    assert clean_words("  xong\x00 1\x1b\nxong 2 ") == "xong 1\nxong 2"


def test_the_longest_message_is_taken() -> None:
    assert len(clean_words("a" * MOST_LETTERS)) == MOST_LETTERS


def test_a_longer_message_is_refused_rather_than_cut() -> None:
    with pytest.raises(TooLong, match=r"4\.000"):
        clean_words("a" * (MOST_LETTERS + 1))
