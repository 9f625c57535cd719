"""The words of the report that the office signs: drafted from the records alone, units' words quoted with their day."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from duties.facts import Fact
from duties.message import Line, Look
from duties.report import PlanRef, Quote, Report, Row
from duties.summary import Compared, Counts
from duties.windows import following
from duties.wording.dates import day
from duties.wording.entries import counted, shortened, spoken
from duties.wording.numbers import whole
from duties.wording.phrases import capitalised, uncapitalised
from duties.wording.summary import percent, small
from duties.wording.unwatched import left_out

NOTHING = "Không có."
NONE_OVERDUE = "Không có nhiệm vụ quá hạn"
NO_OBSTACLES = "các đơn vị không nêu khó khăn, vướng mắc"
# A list longer than this is read in the appendix.
MOST_LINES, MOST_NAMES, MOST_PLANS = 20, 12, 3
WORDS_OF_DUTY, WORDS_OF_UNIT = 110, 500
# a), b), c), d), đ), e), g): as Vietnamese papers count.
LETTERS = "abcdđeghiklmnopqrstuvxy"
_OF_WHOM = re.compile(r" (?:của|tại) .*| (?:trong )?(?:các )?(?:năm|giai đoạn) 20\d\d.*", re.S)
_PLAN_WORD = re.compile(r"\Akế hoạch (?:triển khai |thực hiện )?", re.I)
_OWN_NUMBER = re.compile(r"\A(?:[IVXLC]+|[0-9]+(?:\.[0-9]+)*|[a-zđ])[.)]\s*")


def title(report: Report) -> str:
    """“Kết quả tuyên truyền cải cách hành chính quý II năm 2026”."""
    subjects = {_subject(plan) for plan in report.plans}
    what = subjects.pop() if len(subjects) == 1 else "thực hiện các kế hoạch, nhiệm vụ được giao"
    whose = f" ({report.of})" if report.of else ""
    return f"Kết quả {what} {window_name(report)}{whose}"


def window_name(report: Report) -> str:
    return small(report.window.name)


def _subject(plan: PlanRef) -> str:
    """What a plan is about, without whose and which year it is."""
    bare = _OF_WHOM.sub("", _PLAN_WORD.sub("", plan.title.strip())).strip(" .,;:")
    return _lower_first(bare) or "thực hiện nhiệm vụ"


def _lower_first(text: str) -> str:
    """Small, unless the word is an abbreviation: “CCHC”."""
    return text if text[:2].isupper() else uncapitalised(text)


def opening(report: Report) -> list[Line]:
    with_titles = len(report.plans) <= MOST_PLANS
    said = "; ".join(_plan(plan, with_title=with_titles or not plan.number) for plan in report.plans)
    carried_out = f"Thực hiện {said}, " if said else ""
    agency = report.letterhead.agency
    return [Line(f"{carried_out}{agency} báo cáo kết quả {window_name(report)} như sau:")]


def _plan(plan: PlanRef, *, with_title: bool) -> str:
    number = f" số {plan.number}" if plan.number else ""
    issued = f" ngày {day(plan.issued)}" if plan.issued else ""
    about = _lower_first(_PLAN_WORD.sub("", plan.title.strip()).strip(" .;"))
    return f"Kế hoạch{number}{issued}" + (f" về {about}" if about and with_title else "")


def guidance(report: Report) -> list[Line]:
    """The plans, who has work to do, the papers that were named, how often units were reminded."""
    units = list(dict.fromkeys(row.fact.unit for row in report.rows if not row.fact.not_applicable))
    lines = [_assigned(report, units)]
    if report.documents:
        papers = "; ".join(shortened(paper, 120) for paper in report.documents)
        lines.append(Line(f"- Văn bản các đơn vị nêu trong báo cáo: {papers}."))
    if report.reminders:
        lines.append(
            Line(
                f"- Trong kỳ số liệu đã nhắc các đơn vị về thời hạn {whole(report.reminders)} lượt phần việc."
            )
        )
    return lines


def _assigned(report: Report, units: Sequence[str]) -> Line:
    summary = report.summary
    due = f"{whole(len(summary.counted))} phần việc đến hạn" if summary.counted else ""
    ongoing = f"{whole(summary.ongoing_total)} phần việc thường xuyên" if summary.ongoing else ""
    work = " và ".join(part for part in (due, ongoing) if part)
    if not work:
        return Line("- Trong kỳ không có phần việc nào giao cho các đơn vị.")
    if len(units) == 1:
        return Line(f"- {work} trong kỳ giao cho {units[0]}.")
    names = f": {'; '.join(units)}" if len(units) <= MOST_NAMES else " (Phụ lục II)"
    return Line(f"- {work} trong kỳ giao cho {len(units)} đơn vị{names}.")


def numbers(report: Report) -> list[Line]:
    """The four values twice: of what the plans ask for, and of what each unit answers for."""
    summary = report.summary
    until = f"số liệu đến hết ngày {day(summary.as_of)}"
    if not summary.obligations.total:
        lines = [Line(f"Trong kỳ ({until}) không có nhiệm vụ nào đến hạn.")]
    else:
        due = f"{whole(summary.occurrences.total)} nhiệm vụ đến hạn"
        units = f"{whole(summary.obligations.total)} phần việc"
        lines = [
            Line(f"Trong kỳ ({until}) có {due}; {_values(summary.occurrences)}."),
            Line(f"Tính theo phần việc của từng đơn vị: {units}; {_values(summary.obligations)}."),
        ]
    lines += [Line(text) for text in _beside(report) if text]
    return [*lines, Line("Chi tiết từng nhiệm vụ tại Phụ lục I, theo từng đơn vị tại Phụ lục II kèm theo.")]


def _values(counts: Counts) -> str:
    """“hoàn thành 6 (đạt 85,7%; đúng hạn 5, quá hạn 1); chưa hoàn thành 1 (còn hạn 0, quá hạn 1)”."""
    on_time, late, still_open, overdue = (whole(count) for count in counts.four)
    done = f"hoàn thành {whole(counts.done)} (đạt {share(counts)}; đúng hạn {on_time}, quá hạn {late})"
    undone = whole(counts.open + counts.overdue)
    return f"{done}; chưa hoàn thành {undone} (còn hạn {still_open}, quá hạn {overdue})"


def share(counts: Counts) -> str:
    """“85,7%”; a dash where there was nothing to do."""
    return "–" if counts.rate is None else f"{percent(counts.rate)}%"


def _beside(report: Report) -> Iterable[str]:
    """What stands outside the denominators, and the window this one is compared with."""
    summary = report.summary
    if summary.ongoing_total:
        yield f"Nhiệm vụ thường xuyên: {summary.ongoing_reported}/{summary.ongoing_total} phần việc đã có báo cáo."
    if summary.carried_over:
        done = sum(not fact.is_open for fact in summary.carried_over)
        known = f"{len(summary.carried_over)} phần việc, đã hoàn thành {done} (không tính vào tỷ lệ)"
        yield f"Kỳ trước chuyển sang {known}."
    if summary.not_applicable:
        yield f"Không áp dụng {len(summary.not_applicable)} phần việc (không tính vào tỷ lệ)."
    if report.lacking:
        yield left_out(report.lacking)
    if summary.before and summary.obligations.total:
        yield _compared(summary.occurrences, summary.before)


def _compared(now: Counts, before: Compared) -> str:
    then = before.occurrences
    if now.rate is None or then.rate is None:
        return ""
    points = round(now.rate * 100, 1) - round(then.rate * 100, 1)
    change = f"{'tăng' if points > 0 else 'giảm'} {percent(abs(points) / 100)} điểm phần trăm"
    same = "tỷ lệ hoàn thành không đổi"
    moved = f"tỷ lệ hoàn thành {change}" if abs(points) >= 0.05 else same
    return f"So với {small(before.window.name)} ({then.done}/{then.total}, {percent(then.rate)}%), {moved}."


def results(report: Report) -> list[Line]:
    """By the plan's groups: what units wrote, what is done; who has told nothing is counted."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in report.rows:
        if not row.fact.not_applicable:
            groups.setdefault((row.fact.plan, row.fact.group), []).append(row)
    if not groups:
        return [Line(NOTHING)]
    return [line for place, (key, rows) in enumerate(groups.items()) for line in _group(place, key[1], rows)]


def _group(place: int, group: str, rows: Sequence[Row]) -> list[Line]:
    name = tidy_group(group) or "Các nhiệm vụ"
    told = [row for row in rows if _is_told(row)]
    lines = [Line(f"{letter(place)}) {name}", Look.TITLE)]
    lines += [Line(f"- {_result(row)}") for row in told[:MOST_LINES]]
    if len(told) > MOST_LINES:
        more = len(told) - MOST_LINES
        lines.append(Line(f"- {more} phần việc khác đã có báo cáo, chi tiết tại Phụ lục I."))
    if len(told) < len(rows):
        some = f"{len(rows) - len(told)} phần việc" if told else "Các phần việc"
        lines.append(Line(f"- {some} chưa có báo cáo của đơn vị (Phụ lục I)."))
    return lines


def letter(place: int) -> str:
    """The place from 0 as a letter; after the last one the letters come doubled."""
    times, index = divmod(place, len(LETTERS))
    return LETTERS[index] * (times + 1)


def tidy_group(group: str) -> str:
    """“2. Tuyên truyền cho người dân” → “Tuyên truyền cho người dân”: here it has another number."""
    parts = [_OWN_NUMBER.sub("", part.strip()) for part in group.split(" / ")]
    named = [part[:1].upper() + part[1:].lower() if part.isupper() else part for part in parts]
    return " - ".join(part for part in named if part)


def _is_told(row: Row) -> bool:
    value = row.fact.value
    return bool(
        (value and value.is_done) or row.quotes or row.quantities or row.documents or row.links or row.files
    )


def _result(row: Row) -> str:
    """“Văn phòng Sở (1.1 Tuyên truyền về …): hoàn thành đúng hạn ngày 30/03/2022; đơn vị báo cáo: “…” (30/03/2022).”"""
    said = [level(row), *([f"đơn vị báo cáo: {quoted(row.quotes)}"] if row.quotes else [])]
    if amounts := uncited(row):
        said.append(f"số liệu: {amounts}")
    if row.documents:
        said.append(f"văn bản: {'; '.join(row.documents)}")
    return f"{named(row.fact)}: {'; '.join(said)}."


def quoted(quotes: Sequence[Quote], most: int = WORDS_OF_UNIT) -> str:
    """“Đã phổ biến tại giao ban” (30/03/2022, Văn phòng ghi thay); the rest of long words stands in the Excel."""
    return "; ".join(
        f"“{shortened(quote.text, most)}” ({day(quote.on)}{', Văn phòng ghi thay' if quote.by_office else ''})"
        for quote in quotes
        if quote.text.strip()
    )


def uncited(row: Row) -> str:
    """What was counted, where the quoted words do not say it already."""
    amounts = counted(row.quantities)
    return "" if any(amounts in quote.text for quote in row.quotes) else amounts


def named(fact: Fact) -> str:
    return f"{fact.unit} ({duty(fact)})"


def duty(fact: Fact, most: int = WORDS_OF_DUTY) -> str:
    """“1.1 Tuyên truyền về …, quý II”."""
    return spoken(
        fact.code, fact.content, most, kind=fact.kind, receiver=fact.receiver, period=fact.period_name
    )


def level(row: Row) -> str:
    """The value as the appendix prints it, with the day on which it was done."""
    fact = row.fact
    done = f" ngày {day(fact.done_on)}" if fact.done_on and fact.value and fact.value.is_done else ""
    return f"{level_of(fact)}{done}"


def level_of(fact: Fact) -> str:
    if fact.not_applicable:
        return "không áp dụng"
    if fact.ongoing:
        return level_of_ongoing(is_reported=fact.reported)
    return fact.value.label if fact.value else "chưa có hạn"


def level_of_ongoing(*, is_reported: bool) -> str:
    return "thường xuyên, đã báo cáo" if is_reported else "thường xuyên, chưa báo cáo"


def amounts(report: Report) -> list[Line]:
    """What units counted, each kind on a line."""
    if not report.summary.quantities:
        return [Line("Các đơn vị chưa báo cáo số liệu.")]
    told = [f"- {counted([pair])}" for pair in report.summary.quantities]
    ends = [*(f"{line};" for line in told[:-1]), f"{told[-1]}."]
    return [Line("Cộng số liệu các đơn vị đã báo cáo trong kỳ:"), *map(Line, ends)]


def shortcomings(report: Report) -> list[Line]:
    """What is overdue and with whom, each with the obstacle in the unit's own words, then the other obstacles."""
    overdue, hindered = report.overdue, report.hindered
    if not overdue and not hindered:
        return [Line(f"{NONE_OVERDUE}; {NO_OBSTACLES}.")]
    late = [f"- {named(fact)}: hạn {due_words(fact)}{_obstacle(fact)}." for fact in overdue]
    lines = _listed("Nhiệm vụ chưa hoàn thành, quá hạn:", late) or [Line(f"{NONE_OVERDUE}.")]
    if hindered:
        others = [f"- {named(fact)}{_obstacle(fact)}." for fact in hindered]
        return lines + _listed("Nhiệm vụ còn hạn, đơn vị nêu khó khăn, vướng mắc:", others)
    is_said = any(fact.obstacle for fact in overdue)
    return lines if is_said else [*lines, Line(f"{capitalised(NO_OBSTACLES)}.")]


def _obstacle(fact: Fact) -> str:
    words = shortened(fact.obstacle, WORDS_OF_UNIT)
    return f"; nguyên nhân, vướng mắc đơn vị nêu: “{words}”" if words else ""


def due_words(fact: Fact) -> str:
    """“30/06/2026 (hạn ban đầu 31/03/2026)”."""
    if fact.due is None:
        return "chưa định"
    first = fact.original_last_day
    return day(fact.due) + (f" (hạn ban đầu {day(first)})" if fact.extended and first else "")


def _listed(head: str, lines: Sequence[str]) -> list[Line]:
    if not lines:
        return []
    shown = [Line(line) for line in lines[:MOST_LINES]]
    more = len(lines) - MOST_LINES
    rest = [Line(f"- và {more} phần việc khác, chi tiết tại Phụ lục I.")] if more > 0 else []
    return [Line(head), *shown, *rest]


def coming(report: Report) -> list[Line]:
    """What falls due until the end of the next window, one line for a duty and its day, whoever does it."""
    last = following(report.window).span.end
    shared: dict[tuple[date, int, str], list[Fact]] = {}
    for fact in report.coming:
        if fact.due is not None:
            shared.setdefault((fact.due, fact.duty_id, fact.period_name), []).append(fact)
    if not shared:
        return [
            Line(f"Đến hết ngày {day(last)} chưa có nhiệm vụ nào đến hạn trong các kế hoạch đang theo dõi.")
        ]
    lines = [f"- Hạn {day(due)}: {duty(facts[0])} ({_units(facts)})." for (due, *_), facts in shared.items()]
    shown, more = lines[:MOST_LINES], len(lines) - MOST_LINES
    rest = [f"- và {more} nhiệm vụ khác theo kế hoạch."] if more > 0 else []
    head = f"Từ nay đến hết ngày {day(last)} tập trung hoàn thành {len(lines)} nhiệm vụ đến hạn:"
    return [Line(text) for text in (head, *shown, *rest)]


def _units(facts: Iterable[Fact]) -> str:
    return "; ".join(dict.fromkeys(fact.unit for fact in facts))


def proposals(_report: Report) -> list[Line]:
    """The records hold no proposal of the agency's own: the office writes it, or leaves it so."""
    return [Line(NOTHING)]


def closing(report: Report) -> list[Line]:
    words = f"{title(report)[:1].lower()}{title(report)[1:]}"
    return [Line(f"Trên đây là báo cáo {words} của {report.letterhead.agency}./.")]
