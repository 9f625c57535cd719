"""A Message as Zalo shows it: plain words, its choices numbered or spelt out, in parts of one spelling that fit."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from bot.channels import plain
from bot.channels.plain import shown, spelt_out
from duties.message import Line, Look, Message

# 2,000 characters a message; whether letters or UTF-16 units are meant is not said, so the shorter is kept to
LIMIT = 1_900
ROOM = 60  # that it may be a repetition is added later
BY_NUMBER = "Trả lời bằng số."
HOW_TO_ANSWER = "Trả lời, ví dụ:"
IN_GROUP = "Trong nhóm, xin gắn thẻ bot hoặc trả lời chính tin này."


def as_text(message: Message) -> str:
    """The words as they go out, composed letter by letter (NFC): Zalo counts what is not composed twice."""
    return unicodedata.normalize("NFC", shown(message))


def parts(message: Message) -> Sequence[Message]:
    """The message with its choices in words, in as many parts as are needed."""
    return plain.parts(_composed(in_words(message)), LIMIT - ROOM)


def in_words(message: Message) -> Message:
    """The choices under numbers, which a bare number then means; where a number would mean something else, as words."""
    if not has_numbers(message):
        # a list that shows how to answer it says as much in fewer words
        is_told = message.listed and any(line.text.startswith(HOW_TO_ANSWER) for line in message.lines)
        return replace(message, choices=()) if is_told else spelt_out(message)
    numbered = (Line(f"{n}. {choice.label}", Look.ITEM) for n, choice in enumerate(message.choices, start=1))
    return replace(message, lines=(*message.lines, *numbered, Line(BY_NUMBER, Look.QUIET)), choices=())


def has_numbers(message: Message) -> bool:
    """Whether its choices are numbered: not beside a list, whose numbers they are, nor where an amount is asked for."""
    return bool(message.choices) and not message.listed and not message.asks


def for_group(message: Message) -> Message:
    """In a group only what is addressed to the bot is heard: whoever is to answer is told how."""
    if not (message.asks or message.listed or BY_NUMBER in message.text):
        return message
    return replace(message, lines=(*message.lines, Line(IN_GROUP, Look.QUIET)))


def _composed(message: Message) -> Message:
    lines = (replace(line, text=unicodedata.normalize("NFC", line.text)) for line in message.lines)
    return replace(message, lines=tuple(lines))
