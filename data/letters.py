"""The outbox: put, claim, sent, failed, unknown; and a chat's talk as it went to and fro."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, literal_column, tuple_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, or_, select

from data.letter_subjects import speaks_of
from data.once import insert_all_once, insert_once, slices
from data.people import Place, chat_at
from data.tables import Chat, Inbox, Letter, LetterKind, LetterState
from duties.message import Attached, Choice, Line, Look, Message

LISTS_COUNT_FOR = timedelta(days=7)
SLICE = 1000
# as long as a chat's own pace makes its letters wait
SOON = timedelta(seconds=10)
# a question that nobody answered for so long is forgotten
FRESH = timedelta(hours=1)

# A bot's channel, and its id there.
Bot = tuple[str, str]


def as_body(message: Message) -> dict[str, Any]:
    """A Message as JSON for the table."""
    return {
        "lines": [[line.text, line.look.value] for line in message.lines],
        "choices": [[choice.label, choice.says] for choice in message.choices],
        "asks": message.asks,
    }


def as_message(body: dict[str, Any], listed: Sequence[int] = ()) -> Message:
    """The Message that `as_body` kept."""
    return Message(
        lines=tuple(Line(text, Look(look)) for text, look in body.get("lines", ())),
        choices=tuple(Choice(label, says) for label, says in body.get("choices", ())),
        listed=tuple(listed),
        asks=bool(body.get("asks", False)),
    )


def put_letter(
    session: Session,
    chat: Chat,
    key: str,
    kind: LetterKind,
    now: datetime,
    message: Message | None = None,
    *,
    not_before: datetime | None = None,
    follows_id: int | None = None,
) -> int | None:
    """Put a letter once; its id, or None when a letter with that key is there already. A slot letter has no words yet."""
    assert chat.id is not None
    letter = Letter(
        agency_id=chat.agency_id,
        chat_id=chat.id,
        key=key,
        kind=kind,
        body=as_body(message) if message else {},
        listed=list(message.listed) if message else [],
        follows_id=follows_id,
        file_id=message.file.file_id if message and message.file else None,
        file_name=message.file.name if message and message.file else "",
        put_at=now,
        next_try_at=not_before or now,
    )
    letter.id = insert_once(session, letter)
    if letter.id is not None and message is not None and is_unasked(letter):
        speaks_of(session, letter, dict.fromkeys((*message.listed, *message.about), ""))
    return letter.id


def is_unasked(letter: Letter) -> bool:
    """Whether it tells something by itself, as answers and the further parts of a long letter do not."""
    return letter.key.startswith("notice:") and letter.follows_id is None


def put_letters(
    session: Session, agency_id: int, chats: Sequence[int], key: str, kind: LetterKind, now: datetime
) -> int:
    """Put a letter without words yet for each of these chats, once; how many are new."""
    rows = [
        {
            "agency_id": agency_id,
            "chat_id": chat_id,
            "key": key,
            "kind": kind,
            "state": LetterState.WAITING,
            "body": {},
            "listed": [],
            "put_at": now,
            "next_try_at": now,
            "attempts": 0,
            "maybe_twice": False,
            "file_name": "",
            "failure": "",
        }
        for chat_id in chats
    ]
    return insert_all_once(session, Letter, rows)


def reword(session: Session, key: str, chat: Chat, before: Line, after: Line, now: datetime) -> bool:
    """Put one line in the place of another in a letter whose key begins so; False when no letter has that line.

    Where the letter was sent already, the chat is shown it anew if its channel can.
    """
    query = select(Letter).where(Letter.chat_id == chat.id, col(Letter.key).startswith(key, autoescape=True))
    for letter in session.exec(query):
        message = as_message(letter.body, letter.listed)
        if before in message.lines:
            lines = tuple(after if line == before else line for line in message.lines)
            letter.body = as_body(replace(message, lines=lines))
            letter.edit_at = now if letter.state is LetterState.SENT else letter.edit_at
            session.add(letter)
            return True
    return False


def chats_with(session: Session, chats: Collection[int], key: str) -> set[int]:
    """Which of these chats have a letter of that key."""
    found: set[int] = set()
    for some in slices(sorted(chats), SLICE):
        query = select(Letter.chat_id).where(col(Letter.chat_id).in_(some), Letter.key == key)
        found.update(session.exec(query))
    return found


def newest_put(session: Session, chat: Chat, key: str) -> datetime | None:
    """When the newest letter whose key begins so was put."""
    query = select(Letter.put_at).where(
        Letter.chat_id == chat.id, col(Letter.key).startswith(key, autoescape=True)
    )
    return session.exec(query.order_by(col(Letter.id).desc()).limit(1)).first()


def carried(letter: Letter) -> Attached | None:
    """The document that the letter carries."""
    return Attached(letter.file_id, letter.file_name) if letter.file_id is not None else None


def message_of(letter: Letter) -> Message:
    """The letter's words and the document it carries."""
    return replace(as_message(letter.body, letter.listed), file=carried(letter))


def _free(now: datetime) -> ColumnElement[bool]:
    waiting = and_(col(Letter.state) == LetterState.WAITING, col(Letter.next_try_at) <= now)
    abandoned = and_(col(Letter.state) == LetterState.SENDING, col(Letter.lease_until) < now)
    return or_(waiting, abandoned)


@dataclass(frozen=True)
class MayGo:
    """Which letters may go at a moment: replies always, notices of agencies awake, slot letters within a slot."""

    now: datetime
    awake: frozenset[int]
    in_slot: frozenset[int]

    def condition(self, letter: type[Letter]) -> ColumnElement[bool]:
        return or_(
            col(letter.kind) == LetterKind.REPLY,
            and_(col(letter.kind) == LetterKind.NOTICE, col(letter.agency_id).in_(self.awake)),
            and_(col(letter.kind) == LetterKind.SLOT, col(letter.agency_id).in_(self.in_slot)),
        )


def heads(
    session: Session,
    kind: LetterKind,
    may_go: MayGo,
    channels: Collection[str],
    *,
    busy: Collection[Bot],
    chats_taken: Collection[int],
    limit: int,
) -> Sequence[tuple[Letter, Chat]]:
    """Letters of a kind that may be claimed, oldest first, with their chats: of each chat only the one that is next.

    `busy` bots and `chats_taken` are left out. On PostgreSQL letters that another worker is claiming are passed over.
    """
    query = (
        select(Letter, Chat)
        .join(Chat, col(Letter.chat_id) == Chat.id)
        .where(
            _is_unsent(Letter),
            Letter.kind == kind,
            _free(may_go.now),
            may_go.condition(Letter),
            col(Chat.channel).in_(channels),
            tuple_(Chat.channel, Chat.bot).not_in(busy),
            col(Letter.chat_id).not_in(chats_taken),
            ~_is_behind(kind, may_go),
        )
        .order_by(col(Letter.id))
        .limit(limit)
    )
    return session.exec(query.with_for_update(of=Letter, skip_locked=True)).all()


def has_unsent(session: Session, but_of: Collection[Bot] = ()) -> bool:
    """Whether anything at all waits to be sent, letters of those bots left out."""
    query = select(Letter.id).join(Chat, col(Letter.chat_id) == Chat.id)
    waiting = query.where(_is_unsent(Letter), tuple_(Chat.channel, Chat.bot).not_in(but_of))
    return session.exec(waiting.limit(1)).first() is not None


def has_free(session: Session, kind: LetterKind, may_go: MayGo, but_of: Collection[Bot]) -> bool:
    """Whether any letter of a kind may be claimed, or stands behind one that may; letters of those bots are left out."""
    query = select(Letter.id).join(Chat, col(Letter.chat_id) == Chat.id)
    free = (_is_unsent(Letter), Letter.kind == kind, _free(may_go.now), may_go.condition(Letter))
    waiting = query.where(*free, tuple_(Chat.channel, Chat.bot).not_in(but_of))
    return session.exec(waiting.limit(1)).first() is not None


def _is_unsent(letter: type[Letter]) -> ColumnElement[bool]:
    """In the words of the index that holds only these."""
    unsent: tuple[ColumnElement[str], ...] = (literal_column("'waiting'"), literal_column("'sending'"))
    return col(letter.state).in_(unsent)


def _is_behind(kind: LetterKind, may_go: MayGo) -> ColumnElement[bool]:
    """Whether another letter of the chat is on its way, or goes first.

    A reply waits for replies only: who asked is not to wait for what was to be told anyway. A letter that waits for
    long (for its next try, for the morning) stands aside for others, but not for what goes on where it ends.
    """
    other = aliased(Letter)
    first, others_first = _beginning(Letter), _beginning(other)
    is_before = or_(others_first < first, and_(others_first == first, col(other.id) < Letter.id))
    of_its_kind = (col(other.kind) == LetterKind.REPLY) == (kind is LetterKind.REPLY)
    is_on_its_way = and_(col(other.state) == LetterState.SENDING, col(other.lease_until) >= may_go.now)
    keeps_its_place = or_(col(other.next_try_at) <= may_go.now + SOON, others_first == first)
    goes_first = and_(of_its_kind, is_before, may_go.condition(other), keeps_its_place)
    mine = and_(col(other.chat_id) == Letter.chat_id, col(other.id) != Letter.id, _is_unsent(other))
    return exists().where(mine, or_(is_on_its_way, goes_first))


def _beginning(letter: type[Letter]) -> ColumnElement[int]:
    """What goes on where another letter ended has that one's place among the chat's letters."""
    return func.coalesce(col(letter.follows_id), col(letter.id))


def claim(session: Session, letter: Letter, now: datetime, lease: timedelta) -> bool:
    """Take the letter for sending; False if another worker holds it.

    One whose lease ran out may have been sent before its worker died: it is marked, so that the reader is told.
    """
    was_sending = letter.state is LetterState.SENDING
    taken = update(Letter).where(col(Letter.id) == letter.id, _free(now))
    result = session.execute(
        taken.values(
            state=LetterState.SENDING,
            lease_until=now + lease,
            attempts=Letter.attempts + 1,
            maybe_twice=letter.maybe_twice or was_sending,
        ).returning(col(Letter.id))
    )
    claimed = result.scalar_one_or_none() is not None
    if claimed:
        session.refresh(letter)
    return claimed


def fresh_reply(session: Session, chat: Chat, now: datetime) -> Letter | None:
    """The last letter of a chat, if it answered something a short while ago: what is said next may be about it."""
    newest = session.exec(
        select(Letter).where(Letter.chat_id == chat.id).order_by(col(Letter.id).desc()).limit(1)
    ).first()
    is_fresh = newest is not None and newest.kind is LetterKind.REPLY and now - newest.put_at <= FRESH
    return newest if is_fresh else None


def newest_list(session: Session, chat_id: int, now: datetime, since: datetime | None = None) -> list[int]:
    """The obligations behind the numbers of the newest list this chat was shown in the last 7 days; [] for none.

    `since`: nothing older than that counts.
    """
    oldest = now - LISTS_COUNT_FOR
    recent = session.exec(
        select(Letter)
        .where(
            Letter.chat_id == chat_id,
            col(Letter.state).in_(
                (LetterState.SENT, LetterState.WAITING, LetterState.SENDING, LetterState.UNKNOWN)
            ),
            Letter.put_at > (max(oldest, since) if since else oldest),
        )
        .order_by(col(Letter.put_at).desc(), col(Letter.id).desc())
        .limit(200)
    )
    return next((list(letter.listed) for letter in recent if letter.listed), [])


def newest_choice(session: Session, chat_id: int, now: datetime, begins: str) -> str:
    """The newest choice this chat was offered in the last 7 days that begins with these words; "" for none."""
    recent = session.exec(
        select(Letter.body)
        .where(Letter.chat_id == chat_id, Letter.put_at > now - LISTS_COUNT_FOR)
        .order_by(col(Letter.put_at).desc(), col(Letter.id).desc())
        .limit(100)
    )
    offered = (str(says) for body in recent for _, says in body.get("choices", ()))
    return next((says for says in offered if says.startswith(begins)), "")


@dataclass(frozen=True)
class Spoken:
    """One thing said in a chat: by the people in it (`mine` False) or by us."""

    key: str
    at: datetime
    mine: bool
    message: Message
    sender: str = ""
    letter_id: int | None = None
    maybe_twice: bool = False


def talk(session: Session, chat: Chat, limit: int = 200) -> list[Spoken]:
    """The newest `limit` things said in a chat, oldest first, read from the database alone."""
    sent = session.exec(
        select(Letter)
        .where(Letter.chat_id == chat.id, Letter.state == LetterState.SENT)
        .order_by(col(Letter.sent_at).desc(), col(Letter.id).desc())
        .limit(limit)
    )
    heard = session.exec(
        select(Inbox)
        .where(
            Inbox.channel == chat.channel,
            Inbox.bot == chat.bot,
            Inbox.address == chat.address,
            Inbox.topic == chat.topic,
        )
        .order_by(col(Inbox.received_at).desc(), col(Inbox.id).desc())
        .limit(limit)
    )
    said = [_from_letter(letter) for letter in sent] + [_from_inbox(incoming) for incoming in heard]
    return sorted(said, key=lambda spoken: (spoken.at, spoken.mine, spoken.letter_id or 0))[-limit:]


def answers_to(session: Session, place: Place, platform_id: str) -> list[Message]:
    """What was answered to one incoming message, in order; nothing to one of a stranger."""
    of_place = (Inbox.channel == place.channel, Inbox.bot == place.bot)
    asked = session.exec(select(Inbox.id).where(*of_place, Inbox.platform_id == platform_id)).one_or_none()
    chat = chat_at(session, place)
    if asked is None or chat is None:
        return []
    key = col(Letter.key).startswith(f"reply:{asked}:")
    answers = session.exec(select(Letter).where(Letter.chat_id == chat.id, key).order_by(col(Letter.id)))
    return [message_of(letter) for letter in answers]


def _from_letter(letter: Letter) -> Spoken:
    message = message_of(letter)
    at = letter.sent_at or letter.put_at
    return Spoken(
        f"letter:{letter.id}", at, True, message, letter_id=letter.id, maybe_twice=letter.maybe_twice
    )


def _from_inbox(incoming: Inbox) -> Spoken:
    words = (incoming.text, f"📎 {incoming.file_name}" if incoming.file_name else "")
    lines = tuple(Line(text) for text in words if text)
    return Spoken(f"inbox:{incoming.id}", incoming.received_at, False, Message(lines), sender=incoming.sender)
