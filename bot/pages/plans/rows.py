"""The rows of a plan as one piece of HTML: what stands in the file beside what was understood of it."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from bot.pages.plans.reading import in_short
from bot.pages.plans.sheet import Share, Sheet, SheetRow

EDIT = "Sửa"
OTHERS = "Nhiệm vụ khác"


def rows_html(sheet: Sheet, rows: Sequence[SheetRow], *, may_edit: bool, opens_duties: bool = True) -> Markup:
    """These rows under their headings; “Sửa” where the reader may, links to duties and work where they may be seen."""
    parts: list[Markup] = []
    for heading, group in groupby(rows, key=lambda row: row.heading):
        # what stands in no group is not to be taken for the end of the one above
        if title := heading or (OTHERS if parts else ""):
            parts.append(Markup('<h3 class="pl-group">{}</h3>').format(title))
        parts.append(
            Markup('<ul class="pl-rows">{}</ul>').format(
                joined(_row(sheet, row, may_edit, opens_duties) for row in group)
            )
        )
    return joined(parts)


def joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


def _row(sheet: Sheet, row: SheetRow, may_edit: bool, opens: bool) -> Markup:
    classes = "pl-row" + (" is-out" if row.left_out else "") + (" is-asked" if row.is_asked else "")
    edit = Markup(
        '<button type="button" class="button pl-edit" data-row="{}">{}<span class="sr"> nhiệm vụ {}</span></button>'
    ).format(row.place, EDIT, row.called)
    return Markup(
        '<li class="{}" id="dong-{}"><div class="pl-code">{}</div>{}{}<div class="pl-act">{}</div></li>'
    ).format(
        classes,
        row.place,
        row.code or Markup('<span class="fine" title="Kế hoạch không ghi số">{}</span>').format(row.called),
        _source(row) if sheet.is_draft else _said(row, opens),
        _understood(row) if sheet.is_draft else _followed(row, opens),
        edit if may_edit and not row.went_into else "",
    )


def _source(row: SheetRow) -> Markup:
    """The words of the file, cell by cell."""
    lines = joined(Markup("<p>{}</p>").format(cell) for cell in row.cells)
    return Markup('<div class="pl-source"><p class="pl-label">Trong tệp{}</p>{}</div>').format(
        f" ({row.where})" if row.where else "", lines
    )


def _understood(row: SheetRow) -> Markup:
    return Markup(
        '<div class="pl-read"><p class="pl-label">Đã hiểu</p><p class="pl-content">{}</p><dl>{}{}{}</dl>{}</div>'
    ).format(
        row.content,
        _pair("Chủ trì", _leads(row)),
        _pair("Phối hợp", escape("; ".join(row.partners))) if row.partners else "",
        _pair("Hạn", _deadline(row)),
        _flags(row),
    )


def _said(row: SheetRow, opens: bool) -> Markup:
    """A duty in force: what is to be done, with the way to its page."""
    link = Markup('<a href="/nhiem-vu/{}">{}</a>').format(row.id, row.content)
    return Markup('<div class="pl-read"><p class="pl-content">{}</p><dl>{}</dl>{}</div>').format(
        link if opens else row.content, _pair("Hạn", _deadline(row)), _flags(row)
    )


def _followed(row: SheetRow, opens: bool) -> Markup:
    if not opens:
        return Markup('<div class="pl-shares"><p>{}</p></div>').format(_leads(row))
    if not row.shares:
        return Markup('<div class="pl-shares">{}</div>').format(
            joined(
                [
                    Markup("<p>{}</p>").format(_leads(row)),
                    Markup('<p class="fine">Chưa có phần việc nào.</p>'),
                ]
            )
        )
    lines = joined(_share(share) for share in row.shares)
    return Markup('<ul class="pl-shares">{}</ul>').format(lines)


COUNTED = (
    ("overdue", "overdue", "quá hạn"),
    ("open", "open", "còn hạn"),
    ("done", "on-time", "đúng hạn"),
    ("late", "late", "xong muộn"),
)


def _share(share: Share) -> Markup:
    counted = [
        Markup('<span class="state {}">{} {}</span>').format(hue, count, words)
        for name, hue, words in COUNTED
        if (count := getattr(share, name))
    ]
    if not counted:
        said = f"thường xuyên: đã báo cáo {share.reported} kỳ" if share.reported else "thường xuyên"
        counted = [Markup('<span class="fine">{}</span>').format(said)]
    return Markup('<li><span class="pl-unit">{}</span> {}</li>').format(share.unit, Markup(" ").join(counted))


def _pair(name: str, value: Markup) -> Markup:
    return Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(name, value)


def _leads(row: SheetRow) -> Markup:
    if not row.leads:
        return Markup('<span class="pl-lacks">Chưa có đơn vị</span>')
    unknown = "" if row.has_unit else Markup(' <span class="pl-lacks">chưa khớp với đơn vị nào</span>')
    return Markup("{}{}").format("; ".join(row.leads), unknown)


def _deadline(row: SheetRow) -> Markup:
    said = (
        Markup('<span class="fine">· kế hoạch ghi “{}”</span>').format(row.phrase) if _says_more(row) else ""
    )
    if not row.has_date:
        why = f" ({row.event})" if row.waits_for_event and row.event else ""
        return Markup('<span class="pl-lacks">{}{}</span> {}').format("Chưa có hạn", why, said)
    is_said = all(f"{on.day}/{on.month}" in row.says for on in row.days)
    days_said = "" if is_said else Markup('<span class="fine">({})</span>').format(in_short(row.days))
    return Markup("{} {} {}").format(row.says, days_said, said)


def _says_more(row: SheetRow) -> bool:
    return bool(row.phrase.strip(" .…-–"))


def _flags(row: SheetRow) -> Markup:
    words = [f"Còn hỏi: câu {', '.join(map(str, row.asked))}"] if row.asked and not row.left_out else []
    words += [_out(row)] if row.left_out else []
    words += [f"Gộp cả dòng {', '.join(row.holds)}"] if row.holds and not row.left_out else []
    words += [f"Văn phòng sửa hạn: “{row.meant}”"] if row.meant else []
    words += ["Bắt buộc minh chứng"] if row.needs_evidence else []
    words += [f"Sự kiện: {in_short(row.events)}"] if row.events else []
    words += [f"Mốc hỏi: {in_short(day for day, _ in row.milestones)}"] if row.milestones else []
    return joined(Markup('<span class="pl-flag">{}</span>').format(each) for each in words)


def _out(row: SheetRow) -> str:
    return f"Đã gộp vào {row.went_into}" if row.went_into else "Đã bỏ khỏi kế hoạch"
