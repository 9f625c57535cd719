"""What the database and the platform say after a load: every answer once, every letter once and in order."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from sqlalchemy import Engine, create_engine
from sqlmodel import Session, col, select

from data.chain import chains_of, verify
from data.tables import Answer, Chat, Evidence, Inbox, Letter, LetterKind, LetterState, Obligation
from duties.progress import Said
from tests.load.people import Uttered
from tests.load.platform import TimedTelegram


@dataclass(frozen=True)
class Recorded:
    """One answer as the database has it."""

    key: str
    kind: Said
    code: str


@dataclass(frozen=True)
class Waits:
    """How long people waited, in seconds."""

    count: int
    p50: float
    p95: float
    longest: float

    @classmethod
    def of(cls, waits: Sequence[float]) -> "Waits":
        """Of two waits or more."""
        return cls(len(waits), median(waits), quantiles(waits, n=20, method="inclusive")[-1], max(waits))


class Found:
    """A database that is only looked at."""

    def __init__(self, url: str) -> None:
        self._engine: Engine = create_engine(url)

    def close(self) -> None:
        self._engine.dispose()

    def heard(self) -> dict[str, bool]:
        """What came in, and whether it was handled well."""
        with Session(self._engine) as session:
            rows = session.exec(select(Inbox.platform_id, Inbox.handled_at, Inbox.failed))
            return {key: handled is not None and not failed for key, handled, failed in rows}

    def answers(self) -> list[Recorded]:
        with Session(self._engine) as session:
            query = (
                select(Inbox.platform_id, Answer.kind, Obligation.short_code)
                .join(Inbox, col(Inbox.id) == Answer.inbox_id)
                .join(Obligation, col(Obligation.id) == Answer.obligation_id)
            )
            return [Recorded(key, Said(kind), code) for key, kind, code in session.exec(query)]

    def answered(self) -> dict[str, str]:
        """The first message that answered each that came in, words or a document, by the platform's names."""
        with Session(self._engine) as session:
            asked = {f"{n}": key for n, key in session.exec(select(Inbox.id, Inbox.platform_id))}
            replies = (
                select(Letter.key, Letter.platform_id)
                .where(col(Letter.key).startswith("reply:"), col(Letter.platform_id).is_not(None))
                .order_by(col(Letter.sent_at), col(Letter.id))
            )
            first = dict[str, str]()
            for key, platform_id in session.exec(replies):
                first.setdefault(asked[key.split(":")[1]], platform_id or "")
            return first

    def with_files(self) -> Counter[str]:
        """How many files each message brought."""
        with Session(self._engine) as session:
            query = select(Inbox.platform_id).join(Evidence, col(Evidence.inbox_id) == Inbox.id)
            return Counter(session.exec(query))

    def unlike_their_answers(self) -> list[str]:
        """Work that is open though it was reported done, or the other way round."""
        with Session(self._engine) as session:
            done = set(session.exec(select(Answer.obligation_id).where(Answer.kind == Said.DONE)))
            rows = session.exec(select(Obligation.id, Obligation.short_code, Obligation.is_open))
            return [code for number, code, is_open in rows if is_open is (number in done)]

    def broken_trails(self) -> list[str]:
        """The chains of entries that are not as they were written."""
        with Session(self._engine) as session:
            found = (verify(session, chain) for chain in chains_of(session))
            return [str(each) for each in found if each.broken or not each.entries]

    def letters(self) -> dict[str, list[Letter]]:
        """By address, oldest first."""
        found = defaultdict[str, list[Letter]](list)
        with Session(self._engine, expire_on_commit=False) as session:
            query = (
                select(Letter, Chat.address)
                .join(Chat, col(Chat.id) == Letter.chat_id)
                .order_by(col(Letter.id))
            )
            for letter, address in session.exec(query):
                found[address].append(letter)
        return found

    def unsent(self) -> int:
        with Session(self._engine) as session:
            states = (LetterState.WAITING, LetterState.SENDING)
            return len(session.exec(select(Letter.id).where(col(Letter.state).in_(states))).all())


def arrivals(found: Found, telegram: TimedTelegram) -> dict[str, float]:
    """When the answer to each message arrived, by the message's key, on our own clock."""
    numbers = {key: sent.split("/") for key, sent in found.answered().items()}
    return {key: telegram.arrived[int(chat), int(number)] for key, (chat, number) in numbers.items()}


def broken_promises(found: Found, said: Sequence[Uttered], telegram: TimedTelegram) -> list[str]:
    """Everything that went wrong, a line each; nothing when all is well."""
    trails = (f"the trail is not whole: {trail}" for trail in found.broken_trails())
    return [*_of_answers(found, said), *_of_letters(found, telegram), *trails]


def _of_answers(found: Found, said: Sequence[Uttered]) -> Iterator[str]:
    answered = found.answered()
    yield from (f"no answer: {each.what} of {each.key}" for each in said if each.key not in answered)
    heard = found.heard()
    yield from (f"not heard: {each.what} of {each.key}" for each in said if not heard.get(each.key))
    expected = Counter(
        Recorded(each.key, each.records, each.code) for each in said if each.records is not None
    )
    recorded = Counter(found.answers())
    yield from (f"lost: {each}" for each in (expected - recorded).elements())
    yield from (f"recorded, and not said: {each}" for each in (recorded - expected).elements())
    files = found.with_files()
    with_file = {each.key for each in said if each.has_file}
    yield from (f"{files[key]} files of {key}" for key in with_file if files[key] != 1)
    yield from (f"open or not against its answers: {code}" for code in found.unlike_their_answers())


def _of_letters(found: Found, telegram: TimedTelegram) -> Iterator[str]:
    for address, letters in found.letters().items():
        sent = [letter for letter in letters if letter.state is LetterState.SENT]
        yield from (f"{letter.state}: {letter.key} to {address}" for letter in letters if letter not in sent)
        arrived = [
            message.id for message in telegram.world.chats[int(address)].messages.values() if message.by_bot
        ]
        known = [int(str(letter.platform_id).rpartition("/")[2]) for letter in sent]
        if sorted(arrived) != sorted(known):
            yield f"{len(arrived)} messages for {len(known)} letters to {address}"
        for replies in (True, False):
            own = [
                number
                for letter, number in zip(sent, known, strict=True)
                # a letter that waits for its document lets others pass
                if (letter.kind is LetterKind.REPLY) is replies and letter.file_id is None
            ]
            if own != sorted(own):
                yield f"out of order to {address}: {own}"


def told_of_backup(
    found: Found, said: Sequence[Uttered], answered_before: set[str], said_after: set[str]
) -> Iterator[str]:
    """A backup holds what was answered before it was begun and nothing that was said after it was made."""
    heard, recorded = found.heard(), {each.key for each in found.answers()}
    yield from (f"not in the backup: {key}" for key in answered_before if not heard.get(key))
    yield from (f"in the backup before it was said: {key}" for key in said_after if key in heard)
    records = {each.key for each in said if each.records is not None}
    handled = {key for key, well in heard.items() if well}
    yield from (f"heard and not recorded: {key}" for key in (handled & records) - recorded)
    yield from (f"recorded and not heard: {key}" for key in recorded - handled)
    yield from (f"open or not against its answers: {code}" for code in found.unlike_their_answers())
