"""`/vuongmac`: what is in the way; the office is told at once."""

from bot.targets import find
from bot.turn import AskBack, Turn
from duties.intents import Obstacle
from duties.message import Message
from duties.progress import Said
from duties.wording import answers, decisions


def state_obstacle(turn: Turn, said: Obstacle) -> list[Message]:
    found = find(turn, said.targets, f"{{}} vướng: {said.text or '…'}")
    if not said.text:
        raise AskBack(answers.ask_obstacle(turn.entry(found[0])))
    for each in found:
        recorded = turn.answer(each, Said.OBSTACLE, text=said.text)
        if recorded and turn.is_unit:
            notice = decisions.obstacle_notice(turn.entry(each), said.text)
            turn.tell_office(f"obstacle:{recorded.id}", notice)
    return [answers.obstacle(turn.entries(found), said.text, on_behalf=not turn.is_unit)]
