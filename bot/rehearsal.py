"""What words would change in the letters of the coming days: they are carried out, looked at, and put back."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock
from time import perf_counter

from sqlalchemy import Engine
from sqlmodel import Session

from bot.commands.link_chat import silent_turn
from bot.repertoire import perform
from bot.turn import AskBack, Turn
from data.engine import transaction
from data.locks import in_turn, turn_in
from data.tables import Chat
from data.trial import trial_of
from duties import intents as say
from duties.errors import DutyError, NotAllowed
from duties.replies import read_reply
from duties.rights import may_ask
from duties.wording.help import refused
from duties.workdays import day_of
from scheduler.outlook import first_day, outlook

# A letter that only moves past the days looked at is no letter less.
DAYS, BEYOND = 14, 31
# Who waits longer than twice this looks away; and on PostgreSQL, where it is tried in place, others wait to write.
MOST_SECONDS = 3.0
# for all pages: several that reckon at once would take the machine from everybody
_RECKONING = Lock()
# What can be tried: all of it is undone with the transaction, and none of it tells anybody at once.
POLICY = say.SetPolicy | say.ResetPolicy | say.SetMilestone | say.DropMilestone
TRIABLE = (
    POLICY | say.ChangeDays | say.ForgetDays
    | say.SetLeniency | say.SetCultureDay | say.YearAnnounced | say.SetWindows
)  # fmt: skip
Told = dict[tuple[str, str], list[date]]


@dataclass(frozen=True)
class Difference:
    """Of what is told to one on one day: new (`was` None), gone (`on` None), or told on another day than it was."""

    to: str
    was: date | None
    on: date | None
    what: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """How many letters go out in these days now, and would then; what differs, by day."""

    before: int
    after: int
    differs: tuple[Difference, ...]


@dataclass(frozen=True)
class Rehearsed:
    """What would be answered, and what it would do to the letters of these days, where that was reckoned."""

    answers: tuple[str, ...]
    days: int
    is_refused: bool = False
    outcome: Outcome | None = None


class Busy(DutyError):
    """Đang xem trước một thay đổi khác; xin bấm lại sau vài giây."""


@contextmanager
def reckoning() -> Iterator[None]:
    """Only one reckons at a time. Busy: another does."""
    if not _RECKONING.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        _RECKONING.release()


def look_ahead(
    engine: Engine, chat_id: int, words: Sequence[str], now: datetime, most_seconds: float = MOST_SECONDS
) -> Rehearsed:
    """What would come of these messages, in two short transactions; where the first is not short, their answers alone.

    On SQLite nobody waits for them: they are tried on a copy. Busy: another reader's are being tried.
    """
    with reckoning(), trial_of(engine) as trial:
        begun = perf_counter()
        with transaction(trial) as session:
            before = told_now(session, chat_id, words, now)
        is_quick = perf_counter() - begun < most_seconds
        with transaction(trial) as session:
            return rehearse(session, chat_id, words, before if is_quick else None, now)


def told_now(session: Session, chat_id: int, words: Sequence[str], now: datetime, days: int = DAYS) -> Told:
    """What is told in these days as things stand, of all that such words might change."""
    return _told(silent_turn(session, session.get_one(Chat, chat_id), now), days, words)


def rehearse(
    session: Session,
    chat_id: int,
    words: Sequence[str],
    before: Told | None,
    now: datetime,
    days: int = DAYS,
) -> Rehearsed:
    """What would come of these messages, said one after the other in that chat. Nothing of it stays.

    `before` is what `told_now` gives, asked in a transaction of its own: nobody else writes meanwhile, so each is to be short.
    Without it only the answers are tried.
    """
    chat = session.get_one(Chat, chat_id)
    in_turn(session, turn_in(chat.agency_id))
    trial = session.begin_nested()
    try:
        answers = [answer for each in words for answer in _answered(silent_turn(session, chat, now), each)]
        after = None if before is None else _told(silent_turn(session, chat, now), days, words)
    except (DutyError, AskBack) as refusal:
        return Rehearsed((str(refusal),), days, is_refused=True)
    finally:
        trial.rollback()
        session.expire_all()
    if before is None or after is None:
        return Rehearsed(tuple(answers), days)
    until = day_of(now) + timedelta(days=days)
    outcome = Outcome(_letters(before, until), _letters(after, until), differences(before, after, until))
    return Rehearsed(tuple(answers), days, outcome=outcome)


def _answered(turn: Turn, words: str) -> Iterator[str]:
    for intent in read_reply(words, turn.today).intents:
        if not isinstance(intent, TRIABLE):
            raise DutyError(f"Chưa hiểu “{words}”; xin kiểm tra lại các ô đã điền.")
        if not may_ask(turn.chat.role.value, intent):
            raise NotAllowed(refused(turn.chat.role.value))
        for message in perform(turn, intent):
            yield message.text
    turn.session.flush()


def _told(turn: Turn, days: int, words: Sequence[str]) -> Told:
    """On which days each one is told of each thing."""
    told: Told = {}
    start = first_day(turn.agency, turn.office, turn.now)
    # how reminders go out moves no summary, and to reckon those takes as long as all the rest
    is_policy = all(
        isinstance(intent, POLICY) for each in words for intent in read_reply(each, turn.today).intents
    )
    found = outlook(
        turn.session, turn.agency, turn.office, start, days + BEYOND, with_summaries=not is_policy
    )
    for letter in found:
        for what in letter.what:
            told.setdefault((letter.to, what), []).append(letter.on)
    return told


def _letters(told: Mapping[tuple[str, str], Sequence[date]], until: date) -> int:
    return len({(to, on) for (to, _), days in told.items() for on in days if on <= until})


def differences(before: Told, after: Told, until: date) -> tuple[Difference, ...]:
    """What is told otherwise up to that day; what goes and comes of one thing are, in order, the same that moved."""
    apart: dict[tuple[str, date | None, date | None], list[str]] = {}
    for to, what in dict.fromkeys((*before, *after)):
        was, now = set(before.get((to, what), ())), set(after.get((to, what), ()))
        for pair in _pairs(sorted(was - now), sorted(now - was)):
            if any(day and day <= until for day in pair):
                apart.setdefault((to, *pair), []).append(what)
    found = (Difference(to, was, on, tuple(what)) for (to, was, on), what in apart.items())
    return tuple(sorted(found, key=lambda each: (each.on or each.was or until, each.to)))


def _pairs(gone: Sequence[date], new: Sequence[date]) -> Iterator[tuple[date | None, date | None]]:
    for n in range(max(len(gone), len(new))):
        yield (gone[n] if n < len(gone) else None, new[n] if n < len(new) else None)
