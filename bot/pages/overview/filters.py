"""The strip above an overview and its lists: which window, and which part of the agency; all of it is in the address."""

from datetime import date

from markupsafe import Markup

from bot.pages.days import day_in_words
from bot.pages.overview.pieces import NOTHING, joined, link
from bot.pages.overview.readings import House
from bot.pages.overview.view import OVERVIEW, Across, View, neighbours, presets
from duties.windows import Window, WindowRules
from duties.wording.entries import shortened

LONGEST = 70


def filters_html(view: View, house: House, today: date, path: str = OVERVIEW, **more: str) -> Markup:
    """`more`: what else the address says, kept when the window or the part changes."""
    kept = _kept(view, more)
    return Markup('<div class="ov-filters">{}{}{}{}</div>').format(
        _windows(view, today, house.rules, path, more),
        _span(view, path, kept),
        _form(view, house, path, more, kept),
        _trouble(view),
    )


def _kept(view: View, more: dict[str, str]) -> Markup:
    """What a form leaves as it is, in hidden fields."""
    said = {name.replace("_", "-"): value for name, value in more.items()}
    if view.across is not Across.DUTIES:
        said["ban-do"] = view.across.value
    return joined(
        [
            Markup('<input type="hidden" name="{}" value="{}">').format(*each)
            for each in said.items()
            if each[1]
        ]
    )


def _windows(view: View, today: date, rules: WindowRules, path: str, more: dict[str, str]) -> Markup:
    links = [
        Markup('<a href="{}"{} title="{}">{}</a>').format(
            view.at(window).address(path, **more),
            Markup(' aria-current="true"') if window.key == view.window.key else NOTHING,
            window.name,
            words,
        )
        for words, window in _once(presets(today, rules))
    ]
    before, after = neighbours(view.window)
    steps = [
        link(sign, view.at(window).address(path, **more), "ov-step", f"{words}: {window.name}")
        for sign, words, window in (("‹", "Kỳ trước", before), ("›", "Kỳ sau", after))
        if window
    ]
    return Markup('<nav class="ov-switch" aria-label="Kỳ xem">{}</nav><div class="ov-steps">{}</div>').format(
        joined(links), joined(steps)
    )


def _once(known: list[tuple[str, Window]]) -> list[tuple[str, Window]]:
    """A window that is both the next to report on and this quarter is offered once."""
    found: dict[str, tuple[str, Window]] = {}
    for words, window in known:
        found.setdefault(window.key, (words, window))
    return list(found.values())


def _form(view: View, house: House, path: str, more: dict[str, str], kept: Markup) -> Markup:
    """An ordinary form: it needs no script, and what it asks for is in the address."""
    fields = [
        _select(
            "ke-hoach",
            "Kế hoạch",
            "Mọi kế hoạch",
            [(str(id), number or title) for id, number, title in house.plans],
            str(view.plan_id or ""),
        ),
        _select(
            "don-vi",
            "Đơn vị",
            "Mọi đơn vị",
            [(str(id), name) for id, name in house.units],
            str(view.unit_id or ""),
        ),
        _select("nhom", "Nhóm nhiệm vụ", "Mọi nhóm", [(group, group) for group in house.groups], view.group),
    ]
    return Markup(
        '<form class="ov-form" method="get" action="{}"><input type="hidden" name="ky" value="{}">{}{}'
        '<button class="button" type="submit">Lọc</button>{}</form>'
    ).format(path, view.window.key, kept, joined(fields), _clear(view, path, more))


def _clear(view: View, path: str, more: dict[str, str]) -> Markup:
    if not view.is_part:
        return NOTHING
    return link("Bỏ lọc", view.whole().address(path, **more), "button plain")


def _select(name: str, label: str, every: str, choices: list[tuple[str, str]], chosen: str) -> Markup:
    options = [
        Markup('<option value="{}"{}>{}</option>').format(
            value, Markup(" selected") if value == chosen else NOTHING, shortened(words, LONGEST)
        )
        for value, words in [("", every), *choices]
    ]
    return Markup(
        '<span class="ov-field"><label class="sr" for="ov-{}">{}</label><select class="select" id="ov-{}" name="{}">{}</select></span>'
    ).format(name, label, name, name, joined(options))


def _span(view: View, path: str, kept: Markup) -> Markup:
    """From one day to another; what is said of it wins over the window."""
    part = [
        ("ke-hoach", view.plan_id),
        ("don-vi", view.unit_id),
        ("nhom", view.group),
    ]
    narrowed = joined(
        [Markup('<input type="hidden" name="{}" value="{}">').format(*each) for each in part if each[1]]
    )
    is_span = ".." in view.window.key
    return Markup(
        '<details class="ov-span"{}><summary class="button">Từ – đến</summary><form method="get" action="{}">{}{}'
        '{}{}<button class="button main" type="submit">Xem</button></form></details>'
    ).format(
        Markup(" open") if is_span else NOTHING,
        path,
        narrowed,
        kept,
        _day("tu", "Từ ngày", view.window.span.start),
        _day("den", "Đến ngày", view.window.span.end),
    )


def _day(name: str, label: str, day: date) -> Markup:
    """A browser that is not Vietnamese writes the month first: the day is said in words too."""
    return Markup(
        '<div class="field"><label for="ov-{0}">{1}</label>'
        '<input class="input" type="date" id="ov-{0}" name="{0}" value="{2}" required min="2000-01-01" max="2100-12-31">'
        '<output class="fine" for="ov-{0}">{3}</output></div>'
    ).format(name, label, day.isoformat(), day_in_words(day))


def _trouble(view: View) -> Markup:
    return Markup('<p class="trouble" role="alert">{}</p>').format(view.trouble) if view.trouble else NOTHING
