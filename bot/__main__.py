"""`python -m bot` = `nhacviec`."""

import typer

from bot.program.deadlines import deadlines
from bot.program.demo import demo
from bot.program.read import read
from bot.program.run import run

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


def main() -> None:
    program()


if __name__ == "__main__":
    main()
