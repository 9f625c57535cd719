"""`nhacviec policy`: how reminders go out, shown, and changed in the same words as in the chat."""

from typing import Annotated

import typer

from bot.commands.nudge_policy import policy_of_plan
from bot.program.desk import desk
from bot.program.terminal import BAD_USAGE, leave, say, say_json
from bot.repertoire import perform
from data.offices import POLICY
from duties.intents import PolicyIntent, ShowPolicy
from duties.mentions import typed
from duties.policy_orders import read_policy_order

policy = typer.Typer(
    help="Lịch nhắc: trước và sau hạn bao nhiêu ngày, giờ gửi, mốc theo dõi.", no_args_is_help=True
)
NOT_A_POLICY = (
    "Chưa hiểu; xin ghi như trong phần trò chuyện, ví dụ “nhắc quý trước 10, 5, 2, 0 ngày”, “giờ gửi 8:00 và 14:00”, "
    "“kế hoạch 485: nhắc lãnh đạo sau 5 ngày”, “mốc 2.3 ngày 30/6”."
)


@policy.command()
def show(
    context: typer.Context,
    plan: Annotated[str, typer.Option("--plan", metavar="SỐ", help="Của một kế hoạch.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="In JSON cho chương trình khác đọc.")] = False,
) -> None:
    """Lịch nhắc của cơ quan, hoặc của một kế hoạch."""
    with desk(context) as turn:
        if as_json:
            say_json(POLICY.dump_python(policy_of_plan(turn, plan), mode="json"))
        else:
            say(perform(turn, ShowPolicy(plan)))


@policy.command("set")
def change(
    context: typer.Context,
    words: Annotated[str, typer.Argument(metavar="LỜI", help="Như gõ trong trò chuyện.")],
) -> None:
    """Đổi lịch nhắc hoặc mốc theo dõi, bằng lời như trong phần trò chuyện."""
    with desk(context) as turn:
        said = read_policy_order(typed(words), turn.today)
        if not isinstance(said, PolicyIntent):
            leave(NOT_A_POLICY, BAD_USAGE)
        say(perform(turn, said))
