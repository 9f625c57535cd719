"""`python -m bot` = `nhacviec`."""

import typer
from typer import rich_utils

from bot.program.calendar import calendar
from bot.program.deadlines import deadlines
from bot.program.demo import demo
from bot.program.plan import plan
from bot.program.policy import policy
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
program.add_typer(policy, name="policy")
program.command()(summary)
program.command()(preview)


def main() -> None:
    rich_utils.ARGUMENTS_PANEL_TITLE = "Tham số"
    rich_utils.OPTIONS_PANEL_TITLE = "Tùy chọn"
    rich_utils.COMMANDS_PANEL_TITLE = "Lệnh"
    rich_utils.ERRORS_PANEL_TITLE = "Chưa đúng"
    rich_utils.DEFAULT_STRING = "[mặc định: {}]"
    rich_utils.REQUIRED_LONG_STRING = "[bắt buộc]"
    rich_utils.RICH_HELP = "Gõ [blue]'{command_path} {help_option}'[/] để xem cách dùng."
    program()


if __name__ == "__main__":
    main()
