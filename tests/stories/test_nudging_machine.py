"""Any sequence of ticks, answers, decisions, corrections, restarts, lost days and clock trouble keeps the promises.

A short run by default; NHACVIEC_MACHINE=300 makes so many stories.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlmodel import Session, SQLModel, col, select

from bot.world import World
from data.engine import open_engine, transaction
from data.offices import office_of
from data.people import Place
from data.summaries import summary_of
from data.tables import Agency, Chat, ChatRole, Letter, LetterKind, LetterState, Nudge, Obligation, Unit
from duties.nudging import may_send
from duties.windows import year_window
from duties.workdays import HANOI, day_of
from scheduler.clock import StoppedClock
from scheduler.reach import find_again, lose
from tests.conftest import hanoi
from tests.fakes.channels import RecordingChannel
from tests.fakes.offices import ONGOING, QUARTER_2, SmallOffice, dated, due_on, duty
from tests.stories.nudging_model import Fact, Key, facts, reached, rows

STORIES = int(os.environ.get("NHACVIEC_MACHINE", "8"))
STEPS = 25
BEGIN, LAST = hanoi("2022-03-31 16:45"), date(2022, 10, 31)
OFFICE, PLANS, PRESS, MUTE = "Văn phòng", "Phòng Kế hoạch", "Phòng Báo chí", "Thanh tra Sở"
UNITS = (PLANS, PRESS)
# about the chats themselves: told as soon as the platform refuses
OF_CHATS = ("notice:lost-chat", "notice:found-chat")
which = st.integers(0, 99)
days = st.integers(1, 20)


@cache
def an_office() -> bytes:
    """The database of an office on the evening on which its plan was confirmed."""
    with tempfile.TemporaryDirectory(prefix="nhacviec-machine-") as folder:
        path = Path(folder) / "office.db"
        _found(path)
        return path.read_bytes()


def _found(path: Path) -> None:
    engine = open_engine(f"sqlite:///{path}")
    SQLModel.metadata.create_all(engine)
    with transaction(engine) as session:
        agency = Agency(name="Sở Thông tin và Truyền thông", code="STTTT", created_at=BEGIN)
        session.add(agency)
        session.flush()
        _furnish(SmallOffice(session, agency))
    engine.dispose()


def _furnish(small: SmallOffice) -> None:
    small.chat(OFFICE, BEGIN, role=ChatRole.OFFICE)
    for name in UNITS:
        small.chat(name, BEGIN, small.unit(name))
    small.unit(MUTE)
    months = dated(*(due_on(date(2022, month, 20)).due[0] for month in (4, 5, 6)))
    small.confirmed(
        BEGIN,
        duty("1.1", due_on(date(2022, 6, 30), QUARTER_2), PLANS, partners=(PRESS,)),
        duty("1.2", due_on(date(2022, 4, 17)), PRESS, row=1),
        duty("1.3", months, PLANS, PRESS, row=2),
        duty("2.1", due_on(date(2022, 12, 31)), PRESS, partners=(PLANS,), row=3),
        duty("3.1", ONGOING, PLANS, row=4),
        duty("4.1", due_on(date(2022, 5, 20)), MUTE, row=5),
    )


class Nudging(RuleBasedStateMachine):
    """One office, its clock, and all that people and machines do to it."""

    world: World

    @initialize(n=st.integers(0, 80))
    def begin(self, n: int) -> None:
        """So many days after the plan was confirmed; all that time the machine was off."""
        self.folder = Path(tempfile.mkdtemp(prefix="nhacviec-machine-"))
        (self.folder / "office.db").write_bytes(an_office())
        self.clock = StoppedClock(BEGIN)
        self.latest = BEGIN
        self.channel = RecordingChannel()
        self.told: set[Key] = set()
        self.seen_letters: set[int] = set()
        self.runner = asyncio.Runner()
        self.restart()
        self.clock.set(BEGIN.replace(hour=8, minute=0) + timedelta(days=n))
        self.tick()

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.engine.dispose()
            self.runner.close()
            shutil.rmtree(self.folder)

    @rule()
    def restart(self) -> None:
        """Another process on the same database."""
        if hasattr(self, "world"):
            self.world.engine.dispose()
        engine = open_engine(f"sqlite:///{self.folder / 'office.db'}")
        self.world = World(engine, self.clock, {"web": self.channel}, 1)

    @contextmanager
    def session(self) -> Iterator[Session]:
        with transaction(self.world.engine) as opened:
            yield opened

    @property
    def now(self) -> datetime:
        return self.clock.now()

    # --- time

    @rule()
    def tick(self) -> None:
        self.runner.run(self.world.tick())
        with self.session() as session:
            agency = session.get_one(Agency, 1)
            self.told |= reached(session, agency, self.now, self.told)
            self._check_letters(session)
            self._check_told(session, agency)

    @rule(hour=st.sampled_from([(7, 0), (8, 0), (8, 20), (11, 0), (14, 0), (16, 45), (20, 0)]))
    def later_today(self, hour: tuple[int, int]) -> None:
        moment = datetime(*self.now.astimezone(HANOI).date().timetuple()[:3], *hour, tzinfo=HANOI)
        self.clock.set(max(self.now, moment))
        self.tick()

    @precondition(lambda self: day_of(self.now) < LAST)
    @rule(n=days, hour=st.sampled_from([8, 9, 14]))
    def days_later(self, n: int, hour: int) -> None:
        """Ticked every morning, or lost altogether where the machine was off."""
        for _ in range(n):
            self.next_morning(hour)
            self.tick()

    @precondition(lambda self: day_of(self.now) < LAST)
    @rule(n=days, hour=st.sampled_from([8, 10, 15]))
    def days_lost(self, n: int, hour: int) -> None:
        for _ in range(n):
            self.next_morning(hour)
        self.tick()

    def next_morning(self, hour: int) -> None:
        tomorrow = self.now.astimezone(HANOI).date() + timedelta(days=1)
        self.clock.set(datetime(tomorrow.year, tomorrow.month, tomorrow.day, hour, tzinfo=HANOI))

    @rule(back=st.sampled_from([timedelta(hours=1), timedelta(days=1)]))
    def clock_goes_back(self, back: timedelta) -> None:
        self.latest = max(self.latest, self.now)
        self.clock.set(max(BEGIN, self.now - back))
        self.tick()

    # --- what units say

    def _one(self, n: int) -> tuple[str, str]:
        """An obligation, and the chat that speaks of it."""
        with self.session() as session:
            owed = session.exec(
                select(Obligation.short_code, Unit.name)
                .join(Unit, col(Obligation.unit_id) == Unit.id)
                .where(col(Obligation.withdrawn_at).is_(None))
                .order_by(col(Obligation.id))
            ).all()
        code, unit = owed[n % len(owed)]
        return code, unit if unit in UNITS else OFFICE

    def say(self, who: str, words: str) -> None:
        self.runner.run(self.world.hear(Place("web", "", who), words, sender=who))
        with self.session() as session:
            self._check_letters(session)

    @rule(
        n=which,
        how=st.sampled_from(["xong #{}", "#{} đang làm", "#{} vướng: chưa có kinh phí", "#{} hết vướng"]),
    )
    def answers(self, n: int, how: str) -> None:
        code, who = self._one(n)
        self.say(who, how.format(code))

    @rule(n=which, by=days)
    def asks_for_time(self, n: int, by: int) -> None:
        code, who = self._one(n)
        self.say(who, f"#{code} xin lùi đến {day_of(self.now) + timedelta(days=by):%d/%m/%Y} vì chờ số liệu")

    @rule(n=which)
    def disowns(self, n: int) -> None:
        code, who = self._one(n)
        self.say(who, f"#{code} không phải việc của phòng tôi")

    @rule(n=which, by=st.integers(1, 9))
    def puts_off(self, n: int, by: int) -> None:
        code, who = self._one(n)
        self.say(who, f"#{code} nhắc lại sau {by} ngày")

    @rule(who=st.sampled_from([OFFICE, *UNITS]))
    def takes_back(self, who: str) -> None:
        self.say(who, "hoàn tác")

    # --- what the office says

    @rule(
        n=which,
        how=st.sampled_from(
            ["duyệt #{}", "từ chối #{} vì chưa rõ", "trả lại #{} thiếu số liệu", "không tính #{}"]
        ),
    )
    def decides(self, n: int, how: str) -> None:
        self.say(OFFICE, how.format(self._one(n)[0]))

    @rule(n=which, by=days)
    def extends(self, n: int, by: int) -> None:
        self.say(OFFICE, f"gia hạn #{self._one(n)[0]} đến {day_of(self.now) + timedelta(days=by):%d/%m/%Y}")

    @rule(n=which, to=st.sampled_from(UNITS))
    def moves(self, n: int, to: str) -> None:
        self.say(OFFICE, f"chuyển #{self._one(n)[0]} sang {to}")

    @rule(code=st.sampled_from(["1.1", "1.2", "2.1"]), by=st.integers(-10, 90))
    def corrects_a_deadline(self, code: str, by: int) -> None:
        self.say(OFFICE, f"{code} hạn {day_of(self.now) + timedelta(days=by):%d/%m/%Y}")

    @rule(how=st.sampled_from(["đã xong", "vẫn nhắc", "không tính"]))
    def settles_what_is_past(self, how: str) -> None:
        self.say(OFFICE, f"kỳ đã qua: {how}")

    @rule(by=st.integers(0, 30))
    def sets_a_milestone(self, by: int) -> None:
        self.say(OFFICE, f"mốc 2.1 ngày {day_of(self.now) + timedelta(days=by):%d/%m/%Y}")

    @rule(by=days, is_off=st.booleans())
    def changes_the_calendar(self, by: int, is_off: bool) -> None:
        day = day_of(self.now) + timedelta(days=by)
        self.say(OFFICE, f"{'nghỉ' if is_off else 'làm bù'} {day:%d/%m/%Y}")

    @rule(
        words=st.sampled_from(["nhắc quý trước 12, 4, 0 ngày", "nhắc sau hạn 2, 6 ngày", "nhắc như mặc định"])
    )
    def changes_the_policy(self, words: str) -> None:
        before = self._dropped()
        self.say(OFFICE, words)
        # what only the new policy would have told on days gone by was never due
        self.told |= self._dropped() - before

    def _dropped(self) -> set[Key]:
        with self.session() as session:
            query = select(Nudge).where(col(Nudge.dropped), Nudge.partner_id == 0)
            return {(row.obligation_id, row.reckoned_from, row.rung) for row in session.exec(query)}

    @rule(by=st.sampled_from([None, 3]))
    def pauses(self, by: int | None) -> None:
        until = f" đến {day_of(self.now) + timedelta(days=by):%d/%m/%Y}" if by else ""
        self.say(OFFICE, f"tạm dừng{until}")

    @rule()
    def resumes(self) -> None:
        self.say(OFFICE, "tiếp tục")

    # --- trouble with chats

    @rule(who=st.sampled_from(UNITS), is_lost=st.booleans())
    def loses_or_finds_a_chat(self, who: str, is_lost: bool) -> None:
        with self.session() as session:
            chat = session.exec(select(Chat).where(Chat.address == who)).one()
            (lose(session, chat, "bị chặn", self.now) if is_lost else find_again(session, chat, self.now))

    # --- what always holds

    @invariant()
    def every_rung_has_one_row(self) -> None:
        if hasattr(self, "world"):
            with self.session() as session:
                written = rows(session)
            assert (len(written), set(written)) == (len(self.told), self.told)

    @invariant()
    def the_four_values_make_their_sum(self) -> None:
        if not hasattr(self, "world"):
            return
        with self.session() as session:
            agency, today = session.get_one(Agency, 1), day_of(self.now)
            office = office_of(session, agency, today)
            summary = summary_of(session, agency, office, year_window(2022), today)
            counted = sum(_counts_in_2022(fact) for fact in facts(session))
        assert sum(summary.obligations.four) == summary.obligations.total
        assert sum(line.counts.total for line in summary.by_unit) == summary.obligations.total
        # what a clock that was put back has still before it is not counted yet
        assert counted == summary.obligations.total or self.now < self.latest

    def _check_letters(self, session: Session) -> None:
        """What went out since the last look: in its hours, one a half-day, and about nothing that is silent."""
        agency = session.get_one(Agency, 1)
        office = office_of(session, agency, day_of(self.now))
        sent = session.exec(
            select(Letter).where(Letter.state == LetterState.SENT, Letter.kind != LetterKind.REPLY)
        )
        by_itself = [letter for letter in sent if not letter.key.startswith(OF_CHATS)]
        new = [letter for letter in by_itself if letter.id not in self.seen_letters]
        slots = [(letter.chat_id, letter.key) for letter in by_itself if letter.kind is LetterKind.SLOT]
        assert len(slots) == len(set(slots))
        silent = {fact.owed.id for fact in facts(session) if fact.is_silent}
        for letter in new:
            assert letter.sent_at is not None
            assert may_send(letter.sent_at, office.policy, office.calendar)
            assert letter.body["lines"]
            told = session.exec(select(Nudge).where(Nudge.letter_id == letter.id)).all()
            assert not {each.obligation_id for each in told if not each.rung.startswith("request:")} & silent
        self.seen_letters |= {letter.id or 0 for letter in new}

    def _check_told(self, session: Session, agency: Agency) -> None:
        """After a tick nothing that was reached still waits, but in a chat that had its letter this very day."""
        pending = session.exec(
            select(Nudge).where(col(Nudge.letter_id).is_(None), col(Nudge.dropped).is_(False))
        )
        waiting = [nudge for nudge in pending if nudge.partner_id == 0]
        if waiting:
            key = f"slot:{day_of(self.now).isoformat()}"
            had = session.exec(select(Letter.chat_id).where(col(Letter.key).startswith(key))).all()
            office = office_of(session, agency, day_of(self.now))
            assert had or not may_send(self.now, office.policy, office.calendar) or agency.paused_at


def _counts_in_2022(fact: Fact) -> bool:
    last = fact.occurrence.period_end or fact.occurrence.last_day
    is_dated = fact.occurrence.last_day is not None
    return is_dated and fact.state.counts and last is not None and last.year == 2022


TestNudging = Nudging.TestCase
TestNudging.settings = settings(
    max_examples=STORIES,
    stateful_step_count=STEPS,
    deadline=None,
    derandomize=STORIES == 8,
    database=None,
    suppress_health_check=list(HealthCheck),
)
