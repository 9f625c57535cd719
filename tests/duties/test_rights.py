"""Who may do what, the whole table: a cell that changes must change here too."""

from typing import get_args

import pytest

from duties import intents
from duties.intents import Approve, Done, Intent, ShowMine, SummaryWanted
from duties.rights import ACTIONS, TABLE, Action, ChatRole, may, may_ask

MAY = {
    #                     unit   office leader admin
    Action.TALK: (True, True, True, True),
    Action.LINK: (True, True, True, True),
    Action.SUMMARISE: (True, True, True, True),
    Action.SEE_CALENDAR: (True, True, True, True),
    Action.SEE_OWN: (True, False, False, False),
    Action.SEE_ALL: (False, True, True, False),
    Action.REPORT: (True, True, False, False),
    Action.REQUEST: (True, False, False, False),
    Action.UNDO: (True, True, False, True),
    Action.SEE_PLANS: (False, True, True, True),
    Action.DECIDE: (False, True, False, False),
    Action.CHANGE_PLAN: (False, True, False, False),
    Action.CHANGE_CALENDAR: (False, True, False, False),
    Action.CHANGE_POLICY: (False, True, False, False),
    Action.CLOSE: (False, True, False, False),
    Action.CHANGE_FORM: (False, True, False, False),
    Action.MANAGE_UNITS: (False, True, False, True),
    Action.SEND: (False, True, False, False),
    Action.PAUSE: (False, True, False, True),
}


@pytest.mark.parametrize("action", Action)
def test_each_role_may_what_the_table_says(action: Action) -> None:
    assert tuple(may(role, action) for role in ChatRole) == MAY[action]


def test_every_role_is_in_the_table() -> None:
    assert set(TABLE) == set(ChatRole)


def test_every_intent_needs_a_right() -> None:
    assert set(ACTIONS) == set(get_args(intents.Intent))


def test_a_role_that_nobody_knows_may_nothing() -> None:
    assert not any(may("guest", action) for action in Action)


@pytest.mark.parametrize(
    ("role", "intent", "allowed"),
    [
        (ChatRole.UNIT, Done(()), True),
        (ChatRole.UNIT, Approve(()), False),
        (ChatRole.OFFICE, Approve(()), True),
        (ChatRole.OFFICE, Done(()), True),
        (ChatRole.LEADER, ShowMine(), True),
        (ChatRole.LEADER, Done(()), False),
        (ChatRole.ADMIN, SummaryWanted(), True),
        (ChatRole.ADMIN, ShowMine(), False),
    ],
)
def test_a_role_may_ask_for_what_it_has_a_right_to(role: ChatRole, intent: Intent, allowed: bool) -> None:
    assert may_ask(role, intent) is allowed
