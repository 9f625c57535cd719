"""The head and the foot of an office's paper, as Phụ lục I of Nghị định 30/2020/NĐ-CP asks for them."""

from collections.abc import Iterable, Sequence
from datetime import date

from documents.times_widths import balanced, named_in_lines, width_mm
from documents.word_xml import Align, Shape, Type, cell, drawn_rule, paragraph, row, run, table
from duties.report import Letterhead

NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
ROOM = 165.0
# The widths of the agency's column and of the nation's, by the size in which both are set.
COLUMNS = {13: (63.0, 102.0), 12: (70.0, 95.0)}
# Between a third and a half of the text: so long is the rule under a name.
RULE_SHARE = 0.42
LONGEST_RULE = 60.0
ROOM_TO_SIGN = 32.0
_CENTRED = Shape(Align.CENTRE)
_BLANK, _NUMBER_BLANK = "     ", "      "
_KEPT = "Lưu: VT, VP"
_AGENCY_RULE, _MOTTO_RULE, _SUBJECT_RULE = 9001, 9002, 9003


def head(letterhead: Letterhead, made_on: date) -> str:
    """The two columns over the paper, without borders: whose it is, and the nation's name on one line."""
    size = head_size(letterhead)
    left, right = COLUMNS[size]
    names = row([cell(_agency(letterhead, size), left), cell(_nation(size), right)])
    number = paragraph(run(number_line(letterhead), Type(13)), Shape(Align.CENTRE, before=6))
    dated = paragraph(
        run(place_and_day(letterhead, made_on), Type(13, italic=True)), Shape(Align.CENTRE, before=6)
    )
    return table([names, row([cell(number, left), cell(dated, right)])], (left, right), ruled=False)


def head_size(letterhead: Letterhead) -> int:
    """13 points; 12 where a name would not stay on one line."""
    room = COLUMNS[13][0]
    superior, agency = letterhead.superior.upper(), letterhead.agency.upper()
    fits = width_mm(superior, 13) <= room and width_mm(agency, 13, bold=True) <= room
    return 13 if fits else 12


def number_line(letterhead: Letterhead) -> str:
    """The number is the clerk's to give."""
    return f"Số:{_NUMBER_BLANK}/{letterhead.symbol}"


def place_and_day(letterhead: Letterhead, made_on: date) -> str:
    """“Khánh Hòa, ngày     tháng 6 năm 2022”; dots where the place is not known."""
    return f"{letterhead.place or '…………'}, {blank_day(made_on)}"


def blank_day(made_on: date) -> str:
    """“ngày     tháng 02 năm 2022”: the first two months have a nought, the day is written by hand."""
    month = f"{made_on.month:02}" if made_on.month < 3 else str(made_on.month)
    return f"ngày{_BLANK}tháng {month} năm {made_on.year}"


def attached_to(letterhead: Letterhead, made_on: date) -> str:
    """The line under the head of an appendix, as Phụ lục I of the decree asks for it."""
    number = f"số{_NUMBER_BLANK}/{letterhead.symbol}"
    return f"(Kèm theo Báo cáo {number} {blank_day(made_on)} của {letterhead.agency})"


def _agency(letterhead: Letterhead, size: int) -> str:
    room = COLUMNS[size][0] - 1
    above = named_in_lines(letterhead.superior.upper(), size, room)
    names = named_in_lines(letterhead.agency.upper(), size, room, bold=True)
    longest = max((width_mm(name, size, bold=True) for name in names), default=0)
    lines = [paragraph(run(line, Type(size)), _CENTRED) for line in above]
    lines += [paragraph(run(line, Type(size, bold=True)), _CENTRED) for line in names]
    return "".join(lines) + drawn_rule(longest * RULE_SHARE, _AGENCY_RULE)


def _nation(size: int) -> str:
    bold = Type(size + 1, bold=True)
    return (
        paragraph(run(NATION, Type(size, bold=True)), _CENTRED)
        + paragraph(run(MOTTO, bold), _CENTRED)
        + drawn_rule(width_mm(MOTTO, size + 1, bold=True), _MOTTO_RULE)
    )


def subject(title: str) -> str:
    """The trích yếu in balanced lines, and the rule under it."""
    lines = balanced(title, 14, ROOM - 15, bold=True)
    longest = max((width_mm(line, 14, bold=True) for line in lines), default=0)
    shown = [paragraph(run(line, Type(14, bold=True)), Shape(Align.CENTRE, keep_next=True)) for line in lines]
    return "".join(shown) + drawn_rule(min(longest * RULE_SHARE, LONGEST_RULE), _SUBJECT_RULE)


def addressees(names: Sequence[str]) -> str:
    """One stands on the line of “Kính gửi”, several each on its own; without any a space is left under the rule."""
    if not names:
        return paragraph("", Shape(exactly=3))
    if len(names) == 1:
        return paragraph(
            run(f"Kính gửi: {_bare(names[0])}.", Type(14)), Shape(Align.CENTRE, before=12, after=6)
        )
    first = paragraph(run("Kính gửi:", Type(14)), Shape(indent=40, before=12, keep_next=True))
    lines = listed(names)
    others = (paragraph(run(line, Type(14)), Shape(indent=52)) for line in lines[:-1])
    return first + "".join(others) + paragraph(run(lines[-1], Type(14)), Shape(indent=52, after=6))


def listed(names: Iterable[str]) -> list[str]:
    """“- UBND tỉnh;” … “- Lưu: VT, VP.”"""
    lines = [f"- {_bare(name)};" for name in names]
    return [*lines[:-1], f"{lines[-1][:-1]}."] if lines else []


def _bare(name: str) -> str:
    return name.strip().removeprefix("- ").rstrip(" ;.")


def foot(letterhead: Letterhead) -> str:
    """Who gets it, level with who signs it; the two are never torn apart by a page's end."""
    half = ROOM / 2
    cells = [cell(_recipients(letterhead), half), cell(_signature(letterhead), half)]
    return table([row(cells)], (half, half), ruled=False)


def recipients(letterhead: Letterhead) -> list[str]:
    """Whom it goes to, in their order; where it is kept stands last, the office's own words before ours."""
    first = ["Như trên"] if letterhead.addressed_to else []
    named = [name for name in letterhead.recipients if name not in first]
    kept = [] if any(name.lower().startswith("lưu") for name in named) else [_KEPT]
    return [*first, *named, *kept]


def _recipients(letterhead: Letterhead) -> str:
    kept = Shape(keep_next=True)
    lines = [paragraph(run("Nơi nhận:", Type(12, bold=True, italic=True)), kept)]
    lines += [paragraph(run(line, Type(11)), kept) for line in listed(recipients(letterhead))]
    return "".join(lines)


def _signature(letterhead: Letterhead) -> str:
    centred = Shape(Align.CENTRE, keep_next=True)
    bold = Type(14, bold=True)
    lines = [paragraph(run(line.upper(), bold), centred) for line in letterhead.authority]
    room = paragraph("", Shape(Align.CENTRE, exactly=ROOM_TO_SIGN, keep_next=True))
    return "".join(lines) + room + paragraph(run(letterhead.signer, bold), Shape(Align.CENTRE))
