"""Help that helps: every example in it is understood."""

import re
from datetime import date

import pytest

from duties.intents import Doubtful, Unclear
from duties.replies import read_reply
from duties.rights import ChatRole, may_ask
from duties.wording.help import BY_ROLE, help_for, unclear

TODAY = date(2022, 3, 14)
EXAMPLES = [
    (role, example.replace("…", "Tổ chức"))
    for role, lines in BY_ROLE.items()
    for _, how in lines
    for example in re.findall(r"“([^”]+)”|(/\w+)", how)
    for example in example
    if example
]


@pytest.mark.parametrize(("role", "example"), EXAMPLES)
def test_every_example_is_understood_and_allowed(role: str, example: str) -> None:
    intents = read_reply(example, TODAY).intents
    assert not any(isinstance(intent, Unclear) for intent in intents)
    assert all(may_ask(role, intent) for intent in intents)


@pytest.mark.parametrize("role", ChatRole)
def test_every_role_gets_help_in_one_short_message(role: ChatRole) -> None:
    assert 0 < len(help_for(role).text) < 1700


@pytest.mark.parametrize("why", Doubtful)
def test_what_is_unclear_is_answered_in_one_line_that_offers_help(why: Doubtful) -> None:
    said = unclear(why, "unit")
    assert len(said.lines) == 1
    assert said.choices[0].says == "/trogiup"
