"""`/lichnghi`, “nghỉ 30/4”, “hạn rơi ngày nghỉ: …”, “chốt số liệu ngày 14”: the days and windows an office lives by."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, timedelta

from sqlmodel import Session

from bot.commands.meanings import told
from bot.turn import Turn
from data.calendar_changes import change_days, changes_in, changes_on, forget_days
from data.obligations import settle_open
from data.offices import calendar_of, office_of
from data.tables import Agency, DayOff
from duties.errors import DutyError, NotFound
from duties.intents import (
    ChangeDays,
    ForgetDays,
    SetCultureDay,
    SetLeniency,
    SetWindows,
    ShowDaysOff,
    YearAnnounced,
)
from duties.message import Message
from duties.windows import WindowRules
from duties.wording import calendar as wording
from duties.wording.calendar import SpecialDay
from duties.wording.meanings import with_changes
from duties.workdays import WEEKEND, WorkCalendar
from scheduler.follow import follow_all


def show_days_off(turn: Turn, said: ShowDaysOff) -> list[Message]:
    year = said.year or turn.today.year
    days = special_days(turn.session, turn.agency, year)
    announced = calendar_of(turn.session, turn.agency, [year]).is_announced(year)
    return [wording.year_shown(year, days, announced=announced, lenient=turn.agency.lenient)]


def special_days(session: Session, agency: Agency, year: int) -> list[SpecialDay]:
    """Every day of a year that is not what its weekday says, and every day the office said something of."""
    calendar = calendar_of(session, agency, [year])
    own = {row.day: row for row in changes_in(session, agency.id or 0, year)}
    special = []
    for day in _days_of(year):
        row = own.get(day)
        if row is not None:
            special.append(SpecialDay(day, row.is_off, row.note, row.sender, row.at))
        elif calendar.is_workday(day) != (day.weekday() not in WEEKEND):
            special.append(SpecialDay(day, not calendar.is_workday(day), _name(calendar, day)))
        elif day in calendar.days_off:  # a holiday on a weekend: its day in lieu stands beside it
            special.append(SpecialDay(day, True, calendar.days_off[day]))
    return special


def _days_of(year: int) -> Iterator[date]:
    length = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return (date(year, 1, 1) + timedelta(n) for n in range(length))


def _name(calendar: WorkCalendar, day: date) -> str:
    return calendar.worked.get(day) or calendar.why_off(day)


def change(turn: Turn, said: ChangeDays) -> list[Message]:
    """Close or open the office; a day that was so already is recorded too, for the office's word outlives a new package."""
    before = _as_said(changes_on(turn.session, turn.agency_id, said.days))
    new = [day for day in said.days if day not in before]
    words = [f"bỏ ngày nghỉ {', '.join(f'{day:%d/%m/%Y}' for day in new)}"] if new else []
    turn.can_undo(f"days:{said.days[0]}", "sửa lịch nghỉ", [*words, *before.values()])
    known = [day for day in said.days if turn.office.calendar.is_workday(day) != said.is_off]
    change_days(turn.session, turn.agency_id, said.days, turn.heard, is_off=said.is_off, note=said.note)
    turn.note("change_days", days=_plain(said.days), is_off=said.is_off, reason=said.note)
    return reckon_anew(turn, wording.changed(said.days, is_off=said.is_off, note=said.note, known=known))


def _as_said(rows: Sequence[DayOff]) -> dict[date, str]:
    """What the office said of each day, in words again."""
    return {
        row.day: f"{'nghỉ' if row.is_off else 'làm việc'} {row.day:%d/%m/%Y}"
        + (f": {row.note}" if row.note else "")
        for row in rows
    }


def forget(turn: Turn, said: ForgetDays) -> list[Message]:
    before = _as_said(changes_on(turn.session, turn.agency_id, said.days))
    turn.can_undo(f"days:{said.days[0]}", "bỏ thay đổi lịch nghỉ", list(before.values()))
    forgotten = forget_days(turn.session, turn.agency_id, said.days)
    if not forgotten:
        raise NotFound(wording.nothing_to_forget(said.days))
    turn.note("forget_days", days=_plain(forgotten))
    ordinary = calendar_of(turn.session, turn.agency, {day.year for day in forgotten})
    return reckon_anew(
        turn, wording.forgotten(forgotten, [(day, ordinary.why_off(day)) for day in forgotten])
    )


def _plain(days: list[date] | tuple[date, ...]) -> list[str]:
    return [day.isoformat() for day in days]


def set_leniency(turn: Turn, said: SetLeniency) -> list[Message]:
    if said.lenient is not None:
        choice = "lùi" if turn.agency.lenient else "không lùi"
        turn.can_undo("leniency", "cách tính hạn rơi ngày nghỉ", [f"hạn rơi ngày nghỉ: {choice}"])
        turn.agency.lenient = said.lenient
        turn.note("set_leniency", lenient=said.lenient)
        return reckon_anew(turn, wording.leniency(said.lenient))
    return [wording.leniency(turn.agency.lenient)]


def set_culture_day(turn: Turn, said: SetCultureDay) -> list[Message]:
    was_off = bool(turn.agency.settings.get("culture_day_off", True))
    turn.can_undo("culture_day", "nghỉ 24/11", [f"24/11 hằng năm: {'nghỉ' if was_off else 'không nghỉ'}"])
    _set(turn, "culture_day_off", said.is_off)
    turn.note("set_culture_day", is_off=said.is_off)
    return reckon_anew(turn, wording.culture_day(said.is_off))


def set_announced(turn: Turn, said: YearAnnounced) -> list[Message]:
    years = {*turn.agency.settings.get("announced", ())} - {said.year}
    had = "đã" if said.year in years else "chưa"
    turn.can_undo("announced", f"thông báo nghỉ {said.year}", [f"{had} có thông báo nghỉ {said.year}"])
    _set(turn, "announced", sorted(years | {said.year} if said.is_announced else years))
    turn.note("set_announced", year=said.year, is_announced=said.is_announced)
    return [wording.year_announced(said.year, said.is_announced)]


def set_windows(turn: Turn, said: SetWindows) -> list[Message]:
    """Other report windows: the questions of ongoing duties follow; nothing said only shows them."""
    rules = turn.office.windows
    if said == SetWindows():
        return [wording.windows(rules)]
    cut_off = said.cut_off_day or rules.cut_off_day
    try:
        rules = WindowRules(
            cut_off, said.report_day or max(rules.report_day, cut_off), said.reports or rules.reports
        )
    except ValueError:
        raise DutyError(wording.windows_impossible()) from None
    turn.can_undo("windows", "sửa kỳ báo cáo", wording.windows_said(turn.office.windows))
    _set(turn, "windows", {**asdict(rules), "reports": list(rules.reports)})
    turn.note("set_windows", windows=turn.agency.settings["windows"])
    return reckon_anew(turn, wording.windows(rules))


def _set(turn: Turn, name: str, value: object) -> None:
    turn.agency.settings = {**turn.agency.settings, name: value}


def reckon_anew(turn: Turn, message: Message) -> list[Message]:
    """After a change of the calendar or the windows: due dates in working days, windows, and every next rung follow."""
    turn.session.add(turn.agency)
    turn.session.flush()
    turn.office = office_of(turn.session, turn.agency, turn.today)
    became = told(turn, follow_all(turn.session, turn.agency, turn.office, turn.now))
    settle_open(turn.session, turn.agency_id, turn.office)
    return [with_changes(message, became)]
