"""“KH12: xác nhận”: the plan that words are about where several wait, by its number here; the same words are then read without it."""

import re

from bot.turn import Turn
from data.plans import drafts
from data.tables import Inbox, Plan
from duties.errors import NotFound
from duties.rights import Action, may

_AIM = re.compile(r"\s*KH ?(?P<plan>\d{1,9}) ?: ?(?P<words>\S.*)", re.IGNORECASE | re.DOTALL)
NO_SUCH = "Không có kế hoạch KH{} nào; gõ /kehoach để xem các kế hoạch."


def take_aim(turn: Turn) -> None:
    """Let the turn's words be about the plan they begin with. NotFound: there is none of that number."""
    found = _AIM.fullmatch(turn.inbox.text)
    if found is None or not may(turn.chat.role.value, Action.SEE_PLANS):
        return
    turn.plan_id = _its_own(turn, int(found["plan"]))
    if not turn.inbox.file_name:
        # what came in stays as it was written
        turn.inbox = Inbox(**turn.inbox.model_dump() | {"text": found["words"]})


def caption_of(turn: Turn) -> str:
    """What was written beside a file, without the plan it is for."""
    found = _AIM.fullmatch(turn.inbox.text)
    return found["words"] if found and turn.plan_id is not None else turn.inbox.text


def aimed(plan_id: int | None, words: str) -> str:
    """These words, about that plan; as they are without one."""
    return words if plan_id is None else f"KH{plan_id}: {words}"


def without_aim(words: str) -> tuple[int | None, str]:
    """The plan that words begin with, and the rest."""
    found = _AIM.fullmatch(words)
    return (int(found["plan"]), found["words"]) if found else (None, words)


def waiting_drafts(turn: Turn) -> list[Plan]:
    """The drafts that these words may be about, the newest first."""
    found = drafts(turn.session, turn.agency_id)
    return [plan for plan in found if turn.plan_id in (None, plan.id)]


def _its_own(turn: Turn, plan_id: int) -> int:
    plan = turn.session.get(Plan, plan_id)
    if plan is None or plan.agency_id != turn.agency_id:
        raise NotFound(NO_SUCH.format(plan_id))
    return plan_id
