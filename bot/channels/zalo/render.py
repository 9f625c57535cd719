"""A Message as Zalo shows it: plain words, its choices numbered or spelt out, in parts of one spelling that fit."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from bot.channels import plain
from bot.channels.plain import in_typed_words, shown
from duties.message import Choice, Line, Look, Message

# 2,000 characters a message; whether letters or UTF-16 units are meant is not said, so the shorter is kept to
LIMIT = 1_900
ROOM = 60  # that it may be a repetition is added later
BY_NUMBER = "Trả lời bằng số."
HOW_TO_ANSWER = "Trả lời, ví dụ:"
IN_GROUP = "Trong nhóm, xin gắn thẻ bot hoặc trả lời chính tin này."


def as_text(message: Message) -> str:
    """The words as they go out, composed letter by letter (NFC): Zalo counts what is not composed twice."""
    return _nfc(shown(message))


def parts(message: Message) -> Sequence[Message]:
    """The message with its choices in words, in as many parts as are needed; the last keeps what its numbers mean."""
    return plain.parts(in_words(_composed(message)), LIMIT - ROOM)


def in_words(message: Message) -> Message:
    """The choices told in words; once only, as a part that waited its turn comes here again."""
    told = _told(message)
    if message.lines[-1:] == told[-1:]:
        return message
    return replace(message, lines=(*message.lines, *told))


def _told(message: Message) -> tuple[Line, ...]:
    """The choices under numbers, which a bare number then means; where a number would mean something else, as words."""
    if has_numbers(message):
        numbered = [f"{n}. {choice.label}" for n, choice in enumerate(offered(message), start=1)]
        return (*(Line(each, Look.ITEM) for each in numbered), Line(BY_NUMBER, Look.QUIET))
    # a list that shows how to answer it says as much in fewer words
    is_told = message.listed and any(line.text.startswith(HOW_TO_ANSWER) for line in message.lines)
    return () if is_told else in_typed_words(offered(message))


def has_numbers(message: Message) -> bool:
    """Whether its choices are numbered: not beside a list, whose numbers they are, nor where an amount is asked for."""
    return bool(offered(message)) and not message.listed and not message.asks


def offered(message: Message) -> Sequence[Choice]:
    """The choices that its words do not tell how to type already: “Gõ “hoàn tác” nếu nhầm” needs no number beside it."""
    said = message.text
    return [choice for choice in message.choices if f"“{choice.says}”" not in said]


def for_group(message: Message) -> Message:
    """In a group only what is addressed to the bot is heard: whoever is to answer is told how."""
    if not (message.asks or message.listed or BY_NUMBER in message.text):
        return message
    return replace(message, lines=(*message.lines, Line(IN_GROUP, Look.QUIET)))


def _composed(message: Message) -> Message:
    lines = (replace(line, text=_nfc(line.text)) for line in message.lines)
    choices = (Choice(_nfc(choice.label), _nfc(choice.says)) for choice in message.choices)
    return replace(message, lines=tuple(lines), choices=tuple(choices))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
