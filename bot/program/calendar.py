"""`nhacviec calendar`: the days the office is closed or open, how a day off counts, and the report windows."""

from dataclasses import asdict
from typing import Annotated

import typer

from bot.commands import office_calendar
from bot.program.days import read_days
from bot.program.desk import desk
from bot.program.terminal import BAD_USAGE, leave, say, say_json
from bot.repertoire import perform
from data.offices import calendar_of
from duties.intents import (
    CalendarIntent,
    ChangeDays,
    ForgetDays,
    SetCultureDay,
    SetLeniency,
    SetWindows,
    ShowDaysOff,
    YearAnnounced,
)
from duties.windows import CODES

calendar = typer.Typer(help="Lịch nghỉ, làm bù, kỳ báo cáo của cơ quan.", no_args_is_help=True)
Days = Annotated[list[str], typer.Argument(metavar="NGÀY", help="2026-04-30 hoặc 30/4/2026.")]
Note = Annotated[str, typer.Option("--note", metavar="LÝ_DO", help="Lý do, hiện trong lịch.")]
Year = Annotated[int | None, typer.Option("--year", metavar="NĂM", min=2000, max=2099)]


@calendar.command("list")
def list_days(
    context: typer.Context,
    year: Year = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON cho chương trình khác đọc.")] = False,
) -> None:
    """Ngày nghỉ và ngày làm bù của một năm, kèm ai đã sửa."""
    with desk(context) as turn:
        shown = year or turn.today.year
        if not as_json:
            say(office_calendar.show_days_off(turn, ShowDaysOff(shown)))
            return
        days = office_calendar.special_days(turn.session, turn.agency, shown)
        announced = calendar_of(turn.session, turn.agency, [shown]).is_announced(shown)
        head = {"year": shown, "announced": announced, "lenient": turn.agency.lenient}
        say_json({**head, "days": [asdict(each) for each in days]})


@calendar.command()
def off(context: typer.Context, days: Days, note: Note = "") -> None:
    """Cơ quan nghỉ những ngày này."""
    _carry_out(context, ChangeDays(read_days(days), True, note))


@calendar.command()
def work(context: typer.Context, days: Days, note: Note = "") -> None:
    """Cơ quan làm việc (làm bù) những ngày này."""
    _carry_out(context, ChangeDays(read_days(days), False, note))


@calendar.command()
def forget(context: typer.Context, days: Days) -> None:
    """Bỏ thay đổi của Văn phòng, trở về lịch chung."""
    _carry_out(context, ForgetDays(read_days(days)))


@calendar.command()
def lenient(
    context: typer.Context,
    is_on: Annotated[bool | None, typer.Option("--on/--off", help="Để trống: chỉ xem.")] = None,
) -> None:
    """Hạn rơi vào ngày nghỉ có được tính đến hết ngày làm việc tiếp theo không."""
    _carry_out(context, SetLeniency(is_on))


@calendar.command("culture-day")
def culture_day(
    context: typer.Context,
    is_off: Annotated[bool, typer.Option("--off/--work", help="Nghỉ hay làm việc ngày 24/11.")] = True,
) -> None:
    """Ngày Văn hóa Việt Nam 24/11 hằng năm: nghỉ hay làm việc."""
    _carry_out(context, SetCultureDay(is_off))


@calendar.command()
def announced(
    context: typer.Context,
    year: Annotated[int, typer.Argument(metavar="NĂM", min=2000, max=2099)],
    is_announced: Annotated[bool, typer.Option("--yes/--no")] = True,
) -> None:
    """Ghi rằng lịch nghỉ của một năm đã (hoặc chưa) có thông báo."""
    _carry_out(context, YearAnnounced(year, is_announced))


@calendar.command()
def windows(
    context: typer.Context,
    cut_off: Annotated[
        int | None, typer.Option("--cut-off", metavar="NGÀY", min=1, max=31, help="Ngày chốt số liệu.")
    ] = None,
    report: Annotated[
        int | None, typer.Option("--report", metavar="NGÀY", min=1, max=31, help="Ngày gửi báo cáo.")
    ] = None,
    reports: Annotated[
        str, typer.Option("--reports", metavar="KỲ", help="Các kỳ báo cáo: Q1,H1,Q3,Y (hoặc Q1…Q4, H1, H2, 9M, Y, M01…M12).")
    ] = "",
) -> None:  # fmt: skip
    """Kỳ báo cáo: ngày chốt số liệu, ngày gửi, các kỳ; để trống: chỉ xem."""
    codes = tuple(code.strip().upper() for code in reports.split(",") if code.strip())
    if unknown := [code for code in codes if code not in CODES]:
        leave(f"Không có kỳ báo cáo {', '.join(unknown)}; xin chọn trong: {', '.join(CODES)}.", BAD_USAGE)
    _carry_out(context, SetWindows(cut_off, report, codes))


def _carry_out(context: typer.Context, said: CalendarIntent) -> None:
    with desk(context) as turn:
        say(perform(turn, said))
