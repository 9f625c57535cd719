"""The map as one piece of HTML: a table whose cells say by letter, number and colour how far each is."""

from markupsafe import Markup

from bot.pages.hues import HUES
from bot.pages.overview.maps import Cell, Column, Laid, MapRow
from bot.pages.overview.picks import Pick
from bot.pages.overview.pieces import LETTERS, NOTHING, joined, link
from bot.pages.overview.view import LIST, OVERVIEW, Across, View
from duties.progress import Value
from duties.wording.numbers import whole

AT_FIRST, HALF_A_YEAR = 80, 6
LEGEND = {value: value.label for value in Value} | {Value.LATE: "hoàn thành muộn (quá hạn)"}
TITLES = {Across.DUTIES: "Nhiệm vụ theo tháng", Across.UNITS: "Đơn vị theo kỳ báo cáo"}
CAPTIONS = {
    Across.DUTIES: "Mỗi hàng là một nhiệm vụ, mỗi cột là một tháng của kỳ; mỗi ô là các phần việc đến hạn trong tháng đó.",
    Across.UNITS: "Mỗi hàng là một đơn vị, mỗi cột là một kỳ báo cáo; mỗi ô là các phần việc của đơn vị, theo số liệu của kỳ đó.",
}


def map_html(laid: Laid, view: View) -> Markup:
    """The panel with the switch, the legend and the table; of a long one the first rows, and a way to see all."""
    return Markup(
        '<section class="panel ov-map" aria-labelledby="ov-ban-do"><div class="panel-head"><h2 id="ov-ban-do">Bản đồ tiến độ</h2>{}</div>{}{}</section>'
    ).format(_switch(view), _legend(), _table(laid, view) if laid.rows else _empty())


def _switch(view: View) -> Markup:
    choices = [
        Markup('<a href="{}"{}>{}</a>').format(
            _across(view, across), Markup(' aria-current="true"') if view.across is across else NOTHING, title
        )
        for across, title in TITLES.items()
    ]
    return Markup('<nav class="ov-switch" aria-label="Cách xem bản đồ">{}</nav>').format(joined(choices))


def _across(view: View, across: Across) -> str:
    shown = View(view.window, view.plan_id, view.unit_id, view.group, across)
    return f"{shown.address(OVERVIEW)}#ov-ban-do"


def _legend() -> Markup:
    items = [
        Markup('<li><span class="ov-key is-{}" aria-hidden="true">{}</span>{}</li>').format(
            HUES[value], LETTERS[value], LEGEND[value]
        )
        for value in Value
    ]
    return Markup(
        '<ul class="ov-legend">{}<li class="fine">Q 3/5: 3 trong 5 phần việc đã xong, còn việc quá hạn</li></ul>'
    ).format(joined(items))


def _empty() -> Markup:
    return Markup(
        '<div class="nothing"><strong>Chưa có gì để vẽ</strong>'
        "<span>Kỳ này không có phần việc nào đến hạn; chọn kỳ khác hoặc bỏ lọc.</span></div>"
    )


def _table(laid: Laid, view: View) -> Markup:
    rows = laid.rows if view.is_whole_map else laid.rows[:AT_FIRST]
    more = len(laid.rows) - len(rows)
    whole_map = f"{view.address(OVERVIEW, het='1')}#ov-ban-do"
    rest = (
        Markup('<p class="ov-more">{}</p>').format(
            link(f"Xem cả {whole(len(laid.rows))} hàng", whole_map, "button")
        )
        if more
        else NOTHING
    )
    return Markup(
        '<div class="ov-map-place" tabindex="0" role="region" aria-label="Bảng {}"><table class="ov-cells{}">'
        '<caption class="sr">{}</caption><thead><tr>{}{}</tr></thead><tbody>{}</tbody></table></div>{}'
    ).format(
        TITLES[view.across].lower(),
        " is-wide" if len(laid.columns) > HALF_A_YEAR else "",
        CAPTIONS[view.across],
        _corner(view),
        joined([_column(each) for each in laid.columns])
        + (Markup('<th scope="col">Thường xuyên</th>') if laid.has_ongoing else NOTHING),
        _body(rows, laid, view),
        rest,
    )


def _corner(view: View) -> Markup:
    words = "Đơn vị" if view.across is Across.UNITS else "Nhiệm vụ"
    return Markup('<th scope="col" class="ov-what">{}</th>').format(words)


def _column(column: Column) -> Markup:
    now = Markup(' class="is-now"') if column.is_now else NOTHING
    return Markup('<th scope="col"{}><abbr title="{}">{}</abbr></th>').format(now, column.name, column.short)


def _body(rows: tuple[MapRow, ...], laid: Laid, view: View) -> Markup:
    pieces, group = [], None
    width = len(laid.columns) + 1 + laid.has_ongoing
    for row in rows:
        if row.group != group and view.across is Across.DUTIES:
            group = row.group
            pieces.append(_group(group, width))
        pieces.append(_row(row, laid, view))
    return joined(pieces)


def _group(group: str, width: int) -> Markup:
    if not group:
        return NOTHING
    return Markup('<tr class="ov-group"><th scope="rowgroup" colspan="{}"><span>{}</span></th></tr>').format(
        width, group
    )


def _row(row: MapRow, laid: Laid, view: View) -> Markup:
    cells = joined(
        [_cell(cell, row, column, view) for cell, column in zip(row.cells, laid.columns, strict=True)]
    )
    ongoing = _ongoing(row, view) if laid.has_ongoing else NOTHING
    goes_to = f"/don-vi/{row.id}" if view.across is Across.UNITS else f"/nhiem-vu/{row.id}"
    return Markup('<tr><th scope="row" class="ov-what"><a href="{}" title="{}">{}</a></th>{}{}</tr>').format(
        goes_to, row.full, row.title, cells, ongoing
    )


def _cell(cell: Cell | None, row: MapRow, column: Column, view: View) -> Markup:
    if cell is None:
        return Markup("<td></td>")
    value, counts = cell.value, cell.counts
    words = LETTERS[value] if counts.total == 1 else f"{LETTERS[value]} {counts.done}/{counts.total}"
    return Markup('<td><a class="is-{}" href="{}" aria-label="{}">{}</a></td>').format(
        HUES[value], _opens(row, column, view), _says(cell, column), words
    )


def _says(cell: Cell, column: Column) -> str:
    held = [f"{count} {value.label}" for value, count in zip(Value, cell.counts.four, strict=True) if count]
    return f"{column.name}: {'; '.join(held)}"


def _opens(row: MapRow, column: Column, view: View) -> str:
    if view.across is Across.DUTIES:
        return view.address(LIST, muc=Pick.COUNTED.value, nv=row.id, thang=column.key)
    return View(view.window, view.plan_id, row.id, view.group).address(
        LIST, muc=Pick.COUNTED.value, ky=column.key
    )


def _ongoing(row: MapRow, view: View) -> Markup:
    if not row.ongoing:
        return Markup("<td></td>")
    hue = "on-time" if row.reported == row.ongoing else "open"
    return Markup('<td><a class="is-{}" href="{}" aria-label="{}">{}/{}</a></td>').format(
        hue,
        view.address(LIST, muc=Pick.ONGOING.value, nv=row.id),
        f"thường xuyên: đã báo cáo {row.reported} trong {row.ongoing}",
        row.reported,
        row.ongoing,
    )
