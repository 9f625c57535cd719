"""The window at a glance: the share done, the four values beside the window before, and what is not in them."""

from markupsafe import Markup

from bot.pages.hues import HUES
from bot.pages.overview.parts import Beside, Figure, Glance
from bot.pages.overview.picks import Pick
from bot.pages.overview.pieces import NOTHING, joined, link, number_link, points, share
from bot.pages.overview.view import LIST, View
from duties.wording.dates import day
from duties.wording.numbers import whole
from duties.wording.phrases import capitalised
from duties.wording.summary import small

LABELS = {
    Pick.ON_TIME: "Hoàn thành đúng hạn",
    Pick.LATE: "Hoàn thành quá hạn",
    Pick.OPEN: "Chưa xong, còn hạn",
    Pick.OVERDUE: "Chưa xong, quá hạn",
}
BY_DUTY = "nhiem-vu"


def glance_html(found: Glance, view: View) -> Markup:
    """The panel; of a window in which nothing falls due, what to do instead."""
    if not found.duties:
        return _nothing(found, view)
    return Markup('<section class="panel ov-glance" aria-labelledby="ov-so">{}{}{}{}</section>').format(
        _head(found, view), _bar(found), _figures(found, view), _foot(found, view)
    )


def _nothing(found: Glance, view: View) -> Markup:
    begins = "" if found.has_begun else f" Kỳ này bắt đầu từ ngày {day(view.window.span.start)}."
    part = " của phần đang lọc" if view.is_part else ""
    words = (
        f"Không có phần việc nào{part} đến hạn trong kỳ này.{begins} Chọn kỳ khác ở trên, hoặc xem cả năm."
    )
    beside = _beside(found, view) if found.beside else NOTHING
    return Markup(
        '<section class="panel"><div class="nothing"><strong>{}</strong><span>{}</span></div>{}</section>'
    ).format(capitalised(view.window.name), words, beside)


def _head(found: Glance, view: View) -> Markup:
    before = points(found.rate, found.rate_before)
    against = f"{before} so với {small(found.before)} ({share(found.rate_before)})" if before else ""
    if not found.before:
        against = "kỳ trước không có việc đến hạn để so sánh"
    duties = link(f"{whole(found.duties)} nhiệm vụ", view.address(LIST, muc=Pick.COUNTED.value, theo=BY_DUTY))
    obligations = link(
        f"{whole(found.obligations)} phần việc của các đơn vị", view.address(LIST, muc=Pick.COUNTED.value)
    )
    return Markup(
        '<div class="ov-glance-head"><h2 id="ov-so">Hoàn thành <strong>{}</strong></h2>'
        '<p class="fine">{} đến hạn trong kỳ · {}{}</p></div>'
    ).format(share(found.rate), duties, obligations, f" · {against}" if against else "")


def _bar(found: Glance) -> Markup:
    """The four shares in one line; the figures below say the same in words."""
    parts = [
        Markup('<span class="is-{}" style="flex:{}"></span>').format(HUES[figure.value], figure.duties)
        for figure in found.figures
        if figure.duties
    ]
    return Markup('<div class="ov-bar" aria-hidden="true">{}</div>').format(joined(parts))


def _figures(found: Glance, view: View) -> Markup:
    return Markup('<dl class="ov-figures">{}</dl>').format(
        joined([_figure(figure, found, view) for figure in found.figures])
    )


def _figure(figure: Figure, found: Glance, view: View) -> Markup:
    moved = points(figure.share, figure.before)
    obligations = number_link(figure.obligations, view, figure.pick)
    return Markup(
        '<div class="ov-figure is-{}"><dt>{}</dt><dd><span class="ov-count">{}</span>'
        '<span class="ov-share">{}</span>'
        '<span class="fine">{} phần việc</span><span class="fine ov-moved">{}</span></dd></div>'
    ).format(
        HUES[figure.value],
        LABELS[figure.pick],
        number_link(figure.duties, view, figure.pick, "nhiệm vụ", theo=BY_DUTY),
        share(figure.share),
        obligations,
        f"{moved} so với kỳ trước" if moved and found.before else "",
    )


def _foot(found: Glance, view: View) -> Markup:
    target = Markup('<p class="fine ov-target">{}</p>').format(found.target) if found.target else NOTHING
    return _beside(found, view) + target


def _beside(found: Glance, view: View) -> Markup:
    if not found.beside:
        return NOTHING
    return Markup('<ul class="ov-beside" aria-label="Không tính vào tỷ lệ, và ghi chú">{}</ul>').format(
        joined([Markup("<li>{}</li>").format(_one_beside(each, view)) for each in found.beside])
    )


def _one_beside(each: Beside, view: View) -> Markup:
    if each.pick is Pick.REPORTED:
        return Markup("Thường xuyên: đã báo cáo {}/{}").format(
            number_link(each.count, view, Pick.REPORTED), number_link(each.of, view, Pick.ONGOING)
        )
    return Markup("{} {}").format(each.pick.words, number_link(each.count, view, each.pick))
