"""`python -m bot` = `nhacviec`."""

import typer

from bot.program.calendar import calendar
from bot.program.deadlines import deadlines
from bot.program.demo import demo
from bot.program.plan import plan
from bot.program.preview import preview
from bot.program.read import read
from bot.program.run import run
from bot.program.summary import summary
from bot.program.unit import invite, unit

program = typer.Typer(
    name="nhacviec",
    help="Nhắc việc CCHC: gửi kế hoạch đã ký cho bot, không nhiệm vụ nào bị quên.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
program.command()(demo)
program.command()(run)
program.command()(read)
program.command()(deadlines)
program.add_typer(plan, name="plan")
program.add_typer(unit, name="unit")
program.command()(invite)
program.add_typer(calendar, name="calendar")
program.command()(summary)
program.command()(preview)


def main() -> None:
    program()


if __name__ == "__main__":
    main()
