"""Any sequence of ticks, answers, decisions, corrections, new editions, unit mergers, restarts and lost days keeps the promises.

A short run by default; NHACVIEC_MACHINE=300 makes so many stories on SQLite, and a quarter as many on PostgreSQL.
"""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlmodel import Session, col, select

from bot.world import World
from data.engine import open_engine, transaction
from data.inbox import Along
from data.offices import office_of
from data.pauses import is_paused
from data.people import Place
from data.summaries import summary_of
from data.tables import Agency, Chat, Letter, LetterKind, LetterState, Nudge, Obligation, Unit
from duties.nudging import may_send, slot_at
from duties.windows import year_window
from duties.workdays import HANOI, day_of
from scheduler.clock import StoppedClock
from scheduler.reach import find_again, lose
from tests.fakes.channels import RecordingChannel
from tests.stories.nudging_ground import BEGIN, MUTE, OFFICE, PLANS, PRESS, UNITS, Files, Ground, Server
from tests.stories.nudging_model import Fact, Key, chats_kept_waiting, facts, reached, rows

BY_DEFAULT = 6
STORIES = int(os.environ.get("NHACVIEC_MACHINE", BY_DEFAULT))
STEPS = 25
LAST = date(2022, 10, 31)
MERGED = "Phòng Kế hoạch và Truyền thông"
# about the chats themselves: told as soon as the platform refuses
OF_CHATS = ("notice:lost-chat", "notice:found-chat")
which = st.integers(0, 99)
days = st.integers(1, 20)
EDITION = """Số: {number}/KH-STTTT

Khánh Hòa, ngày 25 tháng 02 năm 2022

KẾ HOẠCH
Điều chỉnh Kế hoạch số 485/KH-STTTT về tuyên truyền cải cách hành chính năm 2022

| TT | Nội dung | Đơn vị chủ trì | Thời hạn |
|---|---|---|---|
| 1.1 | Tuyên truyền cải cách hành chính, nội dung 1.1 | {lead} | {by:%d/%m/%Y} |
| 1.2 | Tuyên truyền cải cách hành chính, nội dung 1.2 | Phòng Báo chí | {by:%d/%m/%Y} |
| 2.1 | Tuyên truyền cải cách hành chính, nội dung 2.1 | Phòng Báo chí | 31/12/2022 |
| 5.1 | Tổ chức hội thi tìm hiểu chuyển đổi số | {lead} | {by:%d/%m/%Y} |
"""


class Nudging(RuleBasedStateMachine):
    """One office, its clock, and all that people and machines do to it."""

    ground: ClassVar[Ground] = Files()
    world: World

    @initialize(n=st.integers(0, 80))
    def begin(self, n: int) -> None:
        """So many days after the plan was confirmed; all that time the machine was off."""
        self.url = self.ground.open()
        self.editions = 0
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
            self.ground.close(self.url)

    @rule()
    def restart(self) -> None:
        """Another process on the same database."""
        if hasattr(self, "world"):
            self.world.engine.dispose()
        engine = open_engine(self.url)
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

    def say(self, who: str, words: str, file: str = "") -> None:
        along = Along(file_name="dieu-chinh.md", file=file.encode()) if file else Along()
        along["sender"] = who
        self.runner.run(self.world.hear(Place("web", "", who), words, **along))
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
        words=st.sampled_from(
            ["nhắc quý trước 12, 4, 0 ngày", "nhắc sau hạn 2, 6 ngày", "nhắc như mặc định"]
        ),
        whose=st.sampled_from(["", "kế hoạch 485: "]),
    )
    def changes_the_policy(self, words: str, whose: str) -> None:
        before = self._dropped()
        self.say(OFFICE, whose + words)
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

    # --- what changes the plan itself, and the units

    @precondition(lambda self: self.editions < 3)
    @rule(lead=st.sampled_from(UNITS), by=st.integers(-10, 90), rest=st.sampled_from(["giữ", "bỏ"]))
    def brings_a_new_edition(self, lead: str, by: int, rest: str) -> None:
        self.editions += 1
        day = day_of(self.now) + timedelta(days=by)
        self.say(OFFICE, "", EDITION.format(number=600 + self.editions, lead=lead, by=day))
        self.say(OFFICE, f"{rest} các nhiệm vụ không nêu")
        self.say(OFFICE, "xác nhận")

    @rule(by=st.integers(0, 30), gone=st.sampled_from([MUTE, PRESS]), into=st.sampled_from([PLANS, MERGED]))
    def merges_units(self, by: int, gone: str, into: str) -> None:
        day = day_of(self.now) + timedelta(days=by)
        self.say(OFFICE, f"từ {day:%d/%m/%Y} {gone} và {PLANS} hợp nhất thành {into}")
        self.say(OFFICE, "xác nhận thay đổi đơn vị")

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
        office = office_of(session, agency, day_of(self.now))
        if is_paused(agency, self.now) or slot_at(self.now, office.policy, office.calendar) is None:
            return
        today = col(Letter.key).startswith(f"slot:{day_of(self.now).isoformat()}")
        had = set(session.exec(select(Letter.chat_id).where(today)))
        assert chats_kept_waiting(session) <= had


def _counts_in_2022(fact: Fact) -> bool:
    last = fact.occurrence.period_end or fact.occurrence.last_day
    is_dated = fact.occurrence.last_day is not None
    return is_dated and fact.state.counts and last is not None and last.year == 2022


def profile(stories: int) -> settings:
    return settings(
        max_examples=stories,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=STORIES == BY_DEFAULT,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


TestNudging = Nudging.TestCase
TestNudging.settings = profile(STORIES)


class NudgingOnPostgresql(Nudging):
    """The same stories on the other database."""


@pytest.fixture(scope="module")
def server(postgresql: str) -> None:
    NudgingOnPostgresql.ground = Server(postgresql)


TestNudgingOnPostgresql = pytest.mark.usefixtures("server")(NudgingOnPostgresql.TestCase)
TestNudgingOnPostgresql.settings = profile(max(STORIES // 4, 1))
