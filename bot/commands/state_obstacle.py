"""`/vuongmac`: what is in the way, and that it is gone; the office is told at once."""

from bot.targets import find
from bot.turn import AskBack, Turn
from duties.errors import DutyError
from duties.intents import Obstacle
from duties.message import Message
from duties.progress import Said
from duties.wording import answers, decisions


def state_obstacle(turn: Turn, said: Obstacle) -> list[Message]:
    if said.is_over:
        return _state_gone(turn, said)
    found = find(turn, said.targets, f"{{}} vướng: {said.text or '…'}")
    if not said.text:
        raise AskBack(answers.ask_obstacle(turn.entry(found[0])))
    for each in found:
        recorded = turn.answer(each, Said.OBSTACLE, text=said.text)
        if recorded and turn.is_unit:
            notice = decisions.obstacle_notice(turn.entry(each), said.text)
            turn.tell_office(f"obstacle:{recorded.id}", notice)
    return [answers.obstacle(turn.entries(found), said.text, on_behalf=not turn.is_unit)]


def _state_gone(turn: Turn, said: Obstacle) -> list[Message]:
    found = find(turn, said.targets, "{} hết vướng")
    for each in found:
        if not each.obligation.obstacle:
            raise DutyError(answers.no_obstacle(turn.entry(each)))
    for each in found:
        recorded = turn.answer(each, Said.CLEARED)
        if recorded and turn.is_unit:
            turn.tell_office(f"cleared:{recorded.id}", decisions.obstacle_gone_notice(turn.entry(each)))
    return [answers.obstacle_gone(turn.entries(found), on_behalf=not turn.is_unit)]
