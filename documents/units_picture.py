"""The window's four values by unit, as a picture that is read on a phone."""

from collections.abc import Iterable, Sequence
from threading import Lock

from documents.picture import MARGIN, QUIET, WIDE, Paint, Picture, Type
from duties.progress import Value
from duties.report import Report
from duties.summary import Counts, UnitLine
from duties.wording.report import share, window_name
from duties.wording.summary import data_until

# A phone shows the picture at about a third of its size: nothing is written smaller than 30 pixels.
TITLE, NAME, STRONG = Type(46, bold=True), Type(36), Type(36, bold=True)
NUMBER, SMALL = Type(34), Type(30, ink=QUIET)
BAR, GAP, SWATCH, LABEL_ROOM = 56, 30, 34, 150
MOST_UNITS, MOST_NAME_LINES = 30, 3
# After Okabe and Ito: apart in hue for most, in lightness for all, and hatched besides.
PAINTS = {
    Value.ON_TIME: Paint("#009E73", "#ffffff"),
    Value.LATE: Paint("#F0E442", hatch="//"),
    Value.OPEN: Paint("#B5DDF5"),
    Value.OVERDUE: Paint("#A83600", "#ffffff", hatch="xx"),
}
# matplotlib promises nothing to threads that draw at once.
_ONE_AT_A_TIME = Lock()


def units_png(report: Report) -> bytes:
    """The picture of a report; of very many units the worst thirty, and the others in words."""
    with _ONE_AT_A_TIME:
        picture = Picture()
        _head(picture, report)
        if units := worst_first(report.summary.by_unit):
            _legend(picture, report.summary.obligations)
            _bars(picture, units[:MOST_UNITS])
            _others(picture, units[MOST_UNITS:])
        else:
            picture.words("Không có phần việc nào đến hạn trong kỳ.", NAME)
            picture.down += GAP
        _foot(picture, report)
        return picture.png()


def worst_first(units: Iterable[UnitLine]) -> list[UnitLine]:
    """Who has something to do, the most overdue first."""
    busy = [unit for unit in units if unit.counts.total]
    return sorted(busy, key=lambda unit: (-unit.counts.overdue, -unit.counts.late, -unit.counts.open))


def _head(picture: Picture, report: Report) -> None:
    picture.words(f"Kết quả {window_name(report)}", TITLE)
    picture.words(report.of or report.letterhead.agency, NAME)
    picture.words(data_until(report.summary.as_of), SMALL)
    picture.down += GAP


def _legend(picture: Picture, counts: Counts) -> None:
    """What the colours mean, each with its number: the totals of the window."""
    picture.words(f"{counts.total} phần việc, hoàn thành {counts.done} ({share(counts)})", STRONG)
    picture.down += GAP / 3
    for value, count in zip(Value, counts.four, strict=True):
        picture.block(MARGIN, SWATCH * 1.5, SWATCH, PAINTS[value], top=4)
        picture.words(f"{value.label.capitalize()}: {count}", NUMBER, left=MARGIN + SWATCH * 2)
        picture.down += 8
    picture.down += GAP


def _bars(picture: Picture, units: Sequence[UnitLine]) -> None:
    most = max(unit.counts.total for unit in units)
    for unit in units:
        picture.words(unit.unit, NAME, most_lines=MOST_NAME_LINES)
        picture.down += 6
        _bar(picture, unit.counts, most)
        picture.down += BAR + GAP


def _others(picture: Picture, units: Sequence[UnitLine]) -> None:
    """In words: a bar of them all would make the others too short to read."""
    if not units:
        return
    four = (sum(numbers) for numbers in zip(*(unit.counts.four for unit in units), strict=True))
    told = ", ".join(f"{value.label} {count}" for value, count in zip(Value, four, strict=True))
    picture.words(f"{len(units)} đơn vị khác: {told}.", NAME)
    picture.down += GAP


def _bar(picture: Picture, counts: Counts, most: int) -> None:
    """As long as there is to do, with the number in each part and what is done behind."""
    left, middle = float(MARGIN), picture.down + BAR / 2
    for value, wide in _widths(picture, counts, most).items():
        paint, number = PAINTS[value], str(counts.four[list(Value).index(value)])
        look = Type(NUMBER.pixels, bold=True, ink=paint.ink)
        field = picture.width(number, look) + 14
        picture.block(left, wide, BAR, paint)
        # so that no hatch runs through the number
        picture.block(left + (wide - field) / 2, field, BAR - 16, paint, edge=False, top=8)
        picture.inside(number, left + wide / 2, middle, look)
        left += wide
    picture.beside(f"{counts.done}/{counts.total}", left + 16, middle, NUMBER)


def _widths(picture: Picture, counts: Counts, most: int) -> dict[Value, float]:
    """Each part in proportion, but never too narrow for its number; the widest gives what that takes."""
    room = WIDE - 2 * MARGIN - LABEL_ROOM
    look = Type(NUMBER.pixels, bold=True)
    widths = {
        value: max(count / most * room, picture.width(str(count), look) + 24)
        for value, count in zip(Value, counts.four, strict=True)
        if count
    }
    widest = max(widths, key=lambda value: widths[value])
    widths[widest] -= max(0, sum(widths.values()) - room)
    return widths


def _foot(picture: Picture, report: Report) -> None:
    summary = report.summary
    if summary.counted:
        picture.words("Số ở cuối mỗi thanh: hoàn thành / đến hạn.", SMALL)
    if summary.ongoing_total:
        told = f"{summary.ongoing_reported}/{summary.ongoing_total}"
        picture.words(f"Việc thường xuyên đã báo cáo: {told}.", SMALL)
    if summary.carried_over:
        picture.words(f"Kỳ trước chuyển sang: {len(summary.carried_over)} phần việc.", SMALL)
