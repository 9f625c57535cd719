"""An office in the middle of its year, and its overview."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from urllib.parse import parse_qs

from sqlalchemy import Engine

from bot.pages.overview.draw_glance import glance_html
from bot.pages.overview.draw_lists import coming_html, late_html, notes_html
from bot.pages.overview.draw_map import map_html
from bot.pages.overview.parts import Overview, overview
from bot.pages.overview.view import View
from data.engine import transaction
from data.tables import ChatRole
from duties.deadline import Due, Period
from duties.windows import half_window, month_window, quarter_window, span_window, year_window
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import ONGOING, dated, due_on, duty

AGENCY = 1
NOBODY = "Trung tâm Cổng"
WINDOWS = (
    quarter_window(2022, 1),
    half_window(2022, 1),
    year_window(2022),
    month_window(2022, 6),
    span_window(date(2022, 3, 15), date(2022, 8, 14)),
)
QUARTERS = dated(
    *(
        Due(end, end, period=Period(date(2022, last - 2, 1), end))
        for last, end in ((3, date(2022, 3, 31)), (6, date(2022, 6, 30)), (9, date(2022, 9, 30)))
    )
)
NOON = hanoi("2022-06-20 12:00")
TODAY = NOON.date()


def office(engine: Engine, seed: int = 0) -> Conversation:
    """An office in June of its year; what its units reported and asked is drawn by lot."""
    talk = Conversation(engine, hanoi("2022-01-05 08:00"))
    with talk.office() as small:
        small.chat("Giám đốc", talk.now, role=ChatRole.LEADER)
        small.unit(NOBODY)
    days = [
        date(2022, month, day)
        for month, day in ((1, 20), (3, 10), (5, 16), (6, 20), (6, 28), (7, 1), (11, 30))
    ]
    duties = [
        duty(f"1.{n}", due_on(day), PLANS, *((PRESS, NOBODY) if n % 2 else ()), row=n)
        for n, day in enumerate(days, 1)
    ]
    talk.plan(
        *duties, duty("2.1", QUARTERS, PLANS, PRESS, row=20), duty("3.1", ONGOING, PLANS, PRESS, row=21)
    )
    _answer(talk, Random(seed))
    return talk


def _answer(talk: Conversation, lot: Random) -> None:
    with talk.office() as small:
        owed = [(each.obligation.short_code, each.unit.name) for each in small.owed()]
    for code, unit in lot.sample([each for each in owed if each[1] in (PLANS, PRESS)], 12):
        talk.now = hanoi("2022-01-06 08:00") + timedelta(days=lot.randrange(0, 160))
        said = lot.choice((f"xong #{code}: 2 tin", f"#{code} đang làm", f"#{code} vướng: chưa có kinh phí",
                           f"#{code} xin lùi đến 30/12/2022 vì chờ số liệu", f"xong #{code}", ""))  # fmt: skip
        if said:
            talk.say(unit, said)
            ruled = lot.choice(
                (f"duyệt #{code}", f"trả lại #{code} vì thiếu số liệu", f"không tính #{code}", "", "")
            )
            talk.say(OFFICE, ruled) if ruled else None
    talk.now = NOON


def seen(talk: Conversation, view: View) -> Overview:
    """All that the overview shows of this view."""
    with transaction(talk.engine) as session:
        return overview(session, AGENCY, view, TODAY)


def html_of(found: Overview, view: View) -> str:
    """Its parts as a browser gets them."""
    parts = (
        glance_html(found.glance, view),
        map_html(found.map, view),
        late_html(found.late, view, TODAY),
        coming_html(found.coming, view, TODAY),
        notes_html(found.notes),
    )
    return "".join(map(str, parts))


def asking(address: str) -> Callable[[str], str]:
    """What an address says by name."""
    said = parse_qs(address)
    return lambda name: said.get(name, [""])[0]
