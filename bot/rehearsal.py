"""What words would change in the letters of the coming days: they are carried out, looked at, and put back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.commands.link_chat import turn_of
from bot.repertoire import perform
from bot.turn import AskBack, Turn
from data.locks import in_turn, turn_in
from data.tables import Chat, Inbox
from duties import intents as say
from duties.errors import DutyError, NotAllowed
from duties.replies import read_reply
from duties.rights import may_ask
from duties.wording.help import refused
from duties.workdays import day_of
from scheduler.outlook import first_day, outlook

# A letter that only moves past the days looked at is no letter less.
BEYOND = 31
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
class Rehearsed:
    """What would be answered; how many letters go out in these days now, and would then; what differs, by day."""

    answers: tuple[str, ...]
    days: int
    is_refused: bool = False
    before: int = 0
    after: int = 0
    differs: tuple[Difference, ...] = ()


def rehearse(
    session: Session, chat_id: int, words: Sequence[str], now: datetime, days: int = 14
) -> Rehearsed:
    """What would come of these messages, said one after the other in that chat. Nothing of it stays."""
    chat = session.get_one(Chat, chat_id)
    in_turn(session, turn_in(chat.agency_id))
    # how reminders go out moves no summary, and to reckon those takes as long as all the rest
    is_policy = all(
        isinstance(intent, POLICY) for each in words for intent in read_reply(each, day_of(now)).intents
    )
    before = _told(_turn(session, chat, now), days, with_summaries=not is_policy)
    trial = session.begin_nested()
    try:
        answers = [answer for each in words for answer in _answered(_turn(session, chat, now), each)]
        after = _told(_turn(session, chat, now), days, with_summaries=not is_policy)
    except (DutyError, AskBack) as refusal:
        return Rehearsed((str(refusal),), days, is_refused=True)
    finally:
        trial.rollback()
        session.expire_all()
    until = day_of(now) + timedelta(days=days)
    return Rehearsed(
        tuple(answers),
        days,
        before=_letters(before, until),
        after=_letters(after, until),
        differs=differences(before, after, until),
    )


def _turn(session: Session, chat: Chat, now: datetime) -> Turn:
    """A turn in which nothing was written, as nobody has said it yet."""
    unsaid = Inbox(
        channel=chat.channel,
        bot=chat.bot,
        platform_id="",
        address=chat.address,
        topic=chat.topic,
        received_at=now,
    )
    return turn_of(session, chat, unsaid, now)


def _answered(turn: Turn, words: str) -> Iterator[str]:
    for intent in read_reply(words, turn.today).intents:
        if not isinstance(intent, TRIABLE):
            raise DutyError(f"Chưa hiểu “{words}”; xin kiểm tra lại các ô đã điền.")
        if not may_ask(turn.chat.role.value, intent):
            raise NotAllowed(refused(turn.chat.role.value))
        for message in perform(turn, intent):
            yield message.text
    turn.session.flush()


def _told(turn: Turn, days: int, *, with_summaries: bool) -> Told:
    """On which days each one is told of each thing."""
    told: Told = {}
    start = first_day(turn.agency, turn.office, turn.now)
    found = outlook(
        turn.session, turn.agency, turn.office, start, days + BEYOND, with_summaries=with_summaries
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
