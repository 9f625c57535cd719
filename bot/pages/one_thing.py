"""What is typed into a form about one piece of work must not be read as an order about another."""

from datetime import date

from bot.pages.asking import NotTaken
from bot.pages.desk import Desk
from duties.intents import ShortCode
from duties.replies import read_reply


class OfSeveral(NotTaken):
    """Chưa ghi gì: có chỗ dễ hiểu thành báo cáo về việc khác. Xin sửa lại, ví dụ thay “3 đang làm” bằng “mục ba còn dở dang”."""


async def say_of(desk: Desk, code: str, words: str) -> None:
    """Say it in the reader's name. OfSeveral: it does not speak of that one alone, and nothing is said.

    `code`: the obligation's short code, without “#”.
    """
    if not speaks_of_one(words, code, desk.reader.today):
        raise OfSeveral
    await desk.say(words)


def speaks_of_one(words: str, code: str, today: date) -> bool:
    """Whether whatever can be carried out of these words is about that obligation alone."""
    intents = read_reply(words, today).intents
    named = (getattr(intent, "targets", None) for intent in intents)
    return all(targets is None or targets == (ShortCode(code.upper()),) for targets in named)
