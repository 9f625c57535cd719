"""Every intent has its command, and every command takes the intent of its line."""

import inspect
from typing import get_args, get_type_hints

import pytest

from bot.repertoire import REPERTOIRE, Command
from duties.intents import Intent


def test_every_intent_has_a_command() -> None:
    assert set(REPERTOIRE) == set(get_args(Intent))


@pytest.mark.parametrize(("intent", "command"), REPERTOIRE.items(), ids=lambda each: each.__name__)
def test_a_command_takes_the_intent_of_its_line(intent: type[Intent], command: Command) -> None:
    hints = get_type_hints(command)
    taken = [hints[name] for name in list(inspect.signature(command).parameters)[1:] if name in hints]
    assert all(intent in (each, *get_args(each)) for each in taken)
