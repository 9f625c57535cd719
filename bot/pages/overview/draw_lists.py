"""The lists of the overview as HTML: what is overdue and who holds it, what comes, who cannot be reached, notes."""

from datetime import date

from markupsafe import Markup

from bot.pages.days import short_day
from bot.pages.overview.notes import Note
from bot.pages.overview.parts import Coming, Day, Falling, Late, LateList, Owed, Silent, Waits
from bot.pages.overview.picks import Pick
from bot.pages.overview.pieces import NOTHING, cell, head, joined, link
from bot.pages.overview.readings import Spoken
from bot.pages.overview.view import LIST, View
from duties.progress import Said
from duties.wording.dates import WEEKDAYS
from duties.wording.entries import shortened
from duties.wording.letters import channel_name
from duties.wording.numbers import whole

COMING_SHOWN, A_DAY_SHOWN, UNITS_SHOWN = 24, 5, 3
SPOKEN = {
    Said.DONE: "Đã báo xong",
    Said.IN_PROGRESS: "Đang làm",
    Said.OBSTACLE: "Vướng mắc",
    Said.CLEARED: "Hết vướng mắc",
    Said.EXTENSION: "Xin lùi hạn",
    Said.NOT_OURS: "Báo không thuộc đơn vị",
    Said.NOTE: "Ghi chú",
}


def late_html(found: LateList, view: View, today: date) -> Markup:
    """What is overdue today, with who holds it."""
    if not found.count:
        return _panel(
            "ov-qua-han",
            "Đang quá hạn",
            Markup(
                '<div class="nothing"><strong>Không có việc nào quá hạn</strong><span>Tin nhắc vẫn tự gửi trước mỗi hạn.</span></div>'
            ),
        )
    rows = joined([_late(each, today) for each in found.shown])
    table = Markup(
        '<div class="table-place"><table class="table ov-late" role="table"><caption class="sr">Việc đang quá hạn, lâu nhất trước</caption>'
        '<thead role="rowgroup"><tr role="row">{}{}{}{}</tr></thead><tbody role="rowgroup">{}</tbody></table></div>'
    ).format(head("Việc"), head("Đơn vị giữ"), head("Quá hạn", "figure"), head("Báo cáo gần nhất"), rows)
    return _panel(
        "ov-qua-han",
        "Đang quá hạn, ai đang giữ",
        table,
        _all(found.count, len(found.shown), view, Pick.OVERDUE_NOW),
    )


def _panel(number: str, title: str, inside: Markup, aside: Markup = NOTHING) -> Markup:
    return Markup(
        '<section class="panel" aria-labelledby="{}"><div class="panel-head"><h2 id="{}">{}</h2>{}</div>{}</section>'
    ).format(number, number, title, aside, inside)


def _all(count: int, shown: int, view: View, pick: Pick) -> Markup:
    """How many there are, opening the whole list."""
    words = f"Xem cả {whole(count)} việc" if shown < count else f"{whole(count)} việc"
    return link(words, view.address(LIST, muc=pick.value), "ov-all", f"{words}: {pick.words}")


def duty_title(owed: Owed) -> Markup:
    """What is to be done, opening the duty's page."""
    return Markup('<a class="ov-duty" href="/nhiem-vu/{}?viec={}" title="{}">{}</a>').format(
        owed.duty_id, owed.id, owed.full, owed.about
    )


def duty_link(owed: Owed) -> Markup:
    """The same with its short code."""
    return duty_title(owed) + Markup(' <span class="fine ov-code">#{}</span>').format(owed.short_code)


def duty_html(owed: Owed, unit: str) -> Markup:
    """The same with whose it is."""
    return Markup('<p>{}</p><p class="fine">{}</p>').format(duty_link(owed), unit)


def said_of(each: Waits, today: date) -> str:
    """“Xin lùi đến 20/6: chờ số liệu”; “Báo xong ngày 12/6: đã đăng (2 tệp, 1 liên kết)”."""
    said = each.said
    if said is None:
        return "Văn phòng chưa xem báo cáo này."
    words = f": “{shortened(said.text, 160)}”" if said.text else ""
    return f"{_asks(each, said, today)}{words}{_along(said)}"


def _asks(each: Waits, said: Spoken, today: date) -> str:
    match each.asks:
        case Said.EXTENSION:
            until = f" đến {short_day(said.wanted_due, today)}" if said.wanted_due else ""
            return f"Xin lùi{until} (đề nghị ngày {short_day(said.on, today)})"
        case Said.NOT_OURS:
            return f"Báo không thuộc đơn vị (ngày {short_day(said.on, today)})"
        case _:
            claimed = f", xin tính từ {short_day(said.claimed_on, today)}" if said.claimed_on else ""
            return f"Báo xong ngày {short_day(said.on, today)}{claimed}"


def _along(said: Spoken) -> str:
    parts = [f"{count} {what}" for count, what in ((said.files, "tệp"), (said.links, "liên kết")) if count]
    return f" ({', '.join(parts)})" if parts else ""


def _late(each: Late, today: date) -> Markup:
    owed = each.owed
    return Markup('<tr role="row">{}{}{}{}</tr>').format(
        cell(duty_link(owed) + _flags(owed)),
        cell(link(owed.unit, f"/don-vi/{owed.unit_id}") + _reach(each.channel)),
        cell(_days(each, today), classes="figure"),
        cell(_last(each.said, today)),
    )


def _days(each: Late, today: date) -> Markup:
    due = short_day(each.owed.due, today) if each.owed.due else ""
    return Markup('<strong class="ov-days">{} ngày</strong><span class="fine">hạn {}</span>').format(
        whole(each.days), due
    )


def _flags(owed: Owed) -> Markup:
    said = [
        words
        for words, is_so in (
            ("Văn phòng trả lại", owed.returned),
            ("đã gia hạn", owed.extended),
            ("đang làm", owed.in_progress),
            ("vướng mắc", bool(owed.obstacle)),
            ("chờ Văn phòng cho biết", owed.is_held),
        )
        if is_so
    ]
    return Markup('<span class="fine ov-flags">{}</span>').format(" · ".join(said)) if said else NOTHING


def _reach(channel: str) -> Markup:
    if channel:
        return Markup('<span class="fine">{}</span>').format(channel_name(channel))
    return Markup(
        '<span class="ov-unreached"><span class="icon warn" aria-hidden="true"></span>Chưa có nơi nhận tin</span>'
    )


def _last(said: Spoken | None, today: date) -> Markup:
    if said is None:
        return Markup('<span class="fine">Chưa trả lời</span>')
    words = f": “{shortened(said.text, 80)}”" if said.text else ""
    return Markup('<span>{}{}</span><span class="fine">{}</span>').format(
        SPOKEN[said.kind], words, short_day(said.on, today)
    )


def coming_html(found: Coming, view: View, today: date) -> Markup:
    """What falls due within two weeks, by day."""
    if not found.count:
        return _panel(
            "ov-sap-toi",
            "Đến hạn trong hai tuần tới",
            Markup('<div class="nothing"><strong>Hai tuần tới không có việc nào đến hạn</strong></div>'),
        )
    most = max(1, min(A_DAY_SHOWN, COMING_SHOWN // len(found.days)))
    days = joined([_day(each, view, today, most) for each in found.days])
    return _panel(
        "ov-sap-toi",
        "Đến hạn trong hai tuần tới",
        Markup('<ol class="ov-days-list">{}</ol>').format(days),
        _all(found.count, found.count, view, Pick.COMING),
    )


def _day(each: Day, view: View, today: date, most: int) -> Markup:
    name = "Hôm nay" if each.day == today else WEEKDAYS[each.day.weekday()]
    off = "vẫn trong hạn" if each.day < today else each.why_off if each.why_off != name else ""
    href = view.address(LIST, muc=Pick.COMING.value, ngay=each.day.isoformat())
    more = len(each.falling) - most
    rest = (
        Markup("<li>{}</li>").format(link(f"và {whole(more)} nhiệm vụ khác", href)) if more > 0 else NOTHING
    )
    date_link = link(
        Markup("<strong>{}</strong>").format(short_day(each.day, today)),
        href,
        label=f"{name} {short_day(each.day, today)}: {whole(each.count)} việc",
    )
    return Markup('<li class="{}"><div class="ov-day"><span>{}</span>{}{}</div><ul>{}{}</ul></li>').format(
        "is-today" if each.day == today else "",
        name,
        date_link,
        Markup('<span class="fine">{}</span>').format(off) if off else NOTHING,
        joined([_falling(one) for one in each.falling[:most]]),
        rest,
    )


def _falling(each: Falling) -> Markup:
    """What is due, and whose it is: “Phòng A, Phòng B, Phòng C và 4 đơn vị khác”."""
    more = len(each.units) - UNITS_SHOWN
    units = ", ".join(each.units[:UNITS_SHOWN]) + (f" và {more} đơn vị khác" if more > 0 else "")
    duty = duty_link(each.owed) if len(each.units) == 1 else duty_title(each.owed)
    return Markup('<li>{}<span class="fine">{}</span></li>').format(duty, units)


def silent_html(found: tuple[Silent, ...]) -> Markup:
    """Units nobody can be told in; nothing at all where every unit is reached."""
    if not found:
        return NOTHING
    rows = joined(
        [
            Markup(
                '<li><a href="/don-vi/{}">{}</a><span class="fine">đang có {} việc chưa xong</span></li>'
            ).format(each.unit_id, each.unit, whole(each.owes))
            for each in found
        ]
    )
    return _panel(
        "ov-chua-lien-lac",
        "Đơn vị chưa có nơi nhận tin",
        Markup(
            '<p class="fine">Tin nhắc của các đơn vị này không gửi được cho ai. Mở trang đơn vị để lấy mã mời.</p><ul class="ov-silent">{}</ul>'
        ).format(rows),
        Markup('<span class="ov-all">{} đơn vị</span>').format(whole(len(found))),
    )


def notes_html(found: tuple[Note, ...]) -> Markup:
    """What concerns the whole agency, in one quiet strip."""
    if not found:
        return NOTHING
    return Markup('<ul class="ov-notes" aria-label="Cần chú ý">{}</ul>').format(
        joined(
            [
                Markup(
                    '<li><span class="icon warn" aria-hidden="true"></span><span>{} {}</span></li>'
                ).format(note.words, link(note.link, note.goes_to) if note.link else NOTHING)
                for note in found
            ]
        )
    )
