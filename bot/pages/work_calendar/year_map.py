"""Twelve months as tables, one piece of HTML: every day says in words what it is, and can be pressed by who may change it."""

from calendar import Calendar
from collections.abc import Iterator, Mapping
from datetime import date

from markupsafe import Markup

from bot.pages.days import WEEKDAYS
from bot.pages.work_calendar.facts import Origin, Year, origin_of
from duties.wording.calendar import SpecialDay
from duties.workdays import WEEKEND

SHORT = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


def year_map(year: Year, today: date, *, may_change: bool) -> Markup:
    """The months in order; who may not change anything gets days that cannot be pressed."""
    special = {each.day: each for each in year.days}
    months = (_month(year.number, month, special, today, may_change) for month in range(1, 13))
    classes = "year-map" if may_change else "year-map only-read"
    return Markup('<div class="{}">{}</div>').format(classes, Markup("").join(months))


def _month(
    number: int, month: int, special: Mapping[date, SpecialDay], today: date, may_change: bool
) -> Markup:
    weeks = Calendar().monthdatescalendar(number, month)
    rows = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(_cell(day, month, special.get(day), today, may_change) for day in week)
        )
        for week in weeks
    )
    return Markup(
        '<section class="month-sheet"><table><caption>Tháng {}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table></section>'
    ).format(month, _heads(), rows)


def _heads() -> Markup:
    cells = (
        Markup('<th scope="col"><abbr title="{}">{}</abbr></th>').format(name, short)
        for name, short in zip(WEEKDAYS, SHORT, strict=True)
    )
    return Markup("").join(cells)


def _cell(day: date, month: int, special: SpecialDay | None, today: date, may_change: bool) -> Markup:
    if day.month != month:
        return Markup("<td></td>")
    classes = " ".join(_classes(day, special, today))
    says = in_words(day, special)
    current = Markup(' aria-current="date"') if day == today else Markup("")
    if may_change:
        # one day of the year is in the order of Tab; the arrows go on from there
        stop = 0 if day == (today if day.year == today.year else date(day.year, 1, 1)) else -1
        return Markup(
            '<td><button type="button" class="{}" data-day="{}" tabindex="{}" title="{}" aria-label="{}"{}>{}</button></td>'
        ).format(classes, day.isoformat(), stop, says, says, current, day.day)
    return Markup('<td><span class="{}" title="{}"{}>{}<span class="sr"> {}</span></span></td>').format(
        classes, says, current, day.day, says
    )


def in_words(day: date, special: SpecialDay | None) -> str:
    """“Thứ Năm, 30/4: nghỉ, Ngày Chiến thắng (theo luật)”."""
    begins = f"{WEEKDAYS[day.weekday()]}, {day.day}/{day.month}"
    if special is None:
        return f"{begins}: {'nghỉ cuối tuần' if day.weekday() in WEEKEND else 'làm việc'}"
    name = f", {special.name}" if special.name else ""
    return f"{begins}: {'nghỉ' if special.is_off else 'làm việc'}{name} ({origin_of(special).value})"


def _classes(day: date, special: SpecialDay | None, today: date) -> Iterator[str]:
    yield "day-cell"
    if day == today:
        yield "is-today"
    if special is None:
        yield from ("weekend",) if day.weekday() in WEEKEND else ()
        return
    yield "off" if special.is_off else "worked"
    if origin_of(special) is Origin.OFFICE:
        yield "own"
