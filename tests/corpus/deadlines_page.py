"""docs/deadlines.md, made from the corpus: every form, its phrases and their dates. `python -m tests.corpus.deadlines_page` writes it."""

from itertools import groupby
from pathlib import Path

from duties.deadline import Due, Years
from duties.grammar import read_deadline
from tests.corpus.deadline_cases import Case, cases

PAGE = Path(__file__).parents[2] / "docs" / "deadlines.md"
MOST_ROWS = 12
MOST_PHRASES = 4
MOST_DATES = 4

HEAD = """\
# Cách đọc thời hạn

Trang này được làm ra từ `tests/corpus/deadlines.toml`; xin không sửa tay. Sau khi thêm cụm từ vào tệp đó, chạy
`python -m tests.corpus.deadlines_page`.

Mỗi dòng là một cách viết thời hạn trong kế hoạch, năm của kế hoạch, và điều bot hiểu. **Hạn cuối** là ngày cuối còn
đúng hạn: “trước ngày 15/3” thì hạn cuối là 14/3. Điều gì chưa chắc, bot hỏi lại chứ không đoán.

Thử một cụm từ khác: `echo "trước ngày 15/3, 15/6" | nhacviec deadlines --year 2026`.
"""


def page() -> str:
    """The whole page."""
    forms = groupby(cases(), key=lambda case: case.form)
    return HEAD + "".join(_section(form, list(same)) for form, same in forms)


def _section(form: str, same: list[Case]) -> str:
    written = [case for case in same if any(phrase.strip() for phrase in case.phrases)]
    shown = sorted(written, key=lambda case: case.is_real)[:MOST_ROWS]
    rows = "".join(_row(case) for case in shown)
    left = sum(len(case.phrases) for case in written) - sum(len(case.phrases) for case in shown)
    more = f"\nVà {left} cụm từ khác trong tệp.\n" if left else ""
    return f"\n## {form}\n\n| Cụm từ | Năm | Bot hiểu | Hạn cuối |\n|---|---|---|---|\n{rows}{more}"


def _row(case: Case) -> str:
    shown = [_cell(phrase) for phrase in case.phrases if phrase.strip()]
    more = f" và {len(shown) - MOST_PHRASES} cách viết khác" if len(shown) > MOST_PHRASES else ""
    read = read_deadline(case.phrases[0], case.years)
    cells = ("<br>".join(shown[:MOST_PHRASES]) + more, _year(case.years), _cell(read.says), _dates(read.due))
    return f"| {' | '.join(cells)} |\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _year(years: Years | None) -> str:
    return "không rõ" if years is None else str(years)


def _dates(due: tuple[Due, ...]) -> str:
    days = [f"{one.last_day:%d/%m/%Y}" + (f" {one.at:%H:%M}" if one.at else "") for one in due]
    if len(days) > MOST_DATES:
        return f"{', '.join(days[:2])}, …, {days[-1]} ({len(days)} ngày)"
    return ", ".join(days) or "–"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
