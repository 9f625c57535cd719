"""The conversation: one incoming message → what was recorded and what is said, the same on every channel."""

import logging
from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy import Engine, update
from sqlmodel import Session, col

from bot import filing
from bot.aim import aimed, take_aim
from bot.commands import check_draft, edited, editions, guide, plan_files, report_form, unit_changes
from bot.commands.link_chat import link, turn_of
from bot.commands.pick import picked
from bot.repertoire import perform
from bot.turn import AskBack, Turn
from data.engine import DATABASE_TROUBLE, transaction
from data.files import FilesFolder
from data.letters import put_letter
from data.locks import in_turn, turn_in
from data.people import Place, chat_at, place_of
from data.questions import spoke_before
from data.tables import Chat, Inbox, LetterKind
from duties import intents as say
from duties.errors import DutyError, NotAllowed
from duties.message import Message
from duties.orders import A_CODE
from duties.replies import read_reply
from duties.rights import may_ask
from duties.wording.help import one_line, refused, sorry
from duties.wording.people import stranger
from duties.workdays import HANOI, day_of

log = logging.getLogger(__name__)

MOST_WORDS = 20  # of a stranger's message in which a code is looked for
TRIED_FOR = timedelta(hours=1)
# what is said right after something was shown or asked, before it is read by itself
HEARERS = (
    filing.hear,
    filing.hear_papers,
    guide.hear,
    plan_files.hear,
    unit_changes.hear,
    editions.hear,
    check_draft.hear,
)


def handle_safely(
    engine: Engine, inbox_id: int, now: datetime, files: FilesFolder | None = None
) -> list[Message]:
    """Handle one incoming message in its own transaction; whatever goes wrong with it, it is marked and answered.

    While the database itself is in trouble that is raised, and the message waits for another try.
    """
    try:
        with transaction(engine) as session:
            return handle(session, inbox_id, now, files)
    except DATABASE_TROUBLE:
        if _is_worth_another_try(engine, inbox_id, now):
            raise
        log.exception("not handled inbox=%s", inbox_id)
    except Exception:
        log.exception("not handled inbox=%s", inbox_id)
    with transaction(engine) as session:
        return _apologise(session, inbox_id, now)


def _is_worth_another_try(engine: Engine, inbox_id: int, now: datetime) -> bool:
    """Trouble that lasts this long comes from the message after all."""
    with transaction(engine) as session:
        return session.get_one(Inbox, inbox_id).received_at > now - TRIED_FOR


def _apologise(session: Session, inbox_id: int, now: datetime) -> list[Message]:
    if not _take(session, inbox_id, now, failed=True):
        return []
    inbox = session.get_one(Inbox, inbox_id)
    chat = chat_at(session, place_of(inbox))
    if chat is None:
        return [sorry()]
    _put(session, chat, inbox_id, [sorry()], now)
    return []


def handle(session: Session, inbox_id: int, now: datetime, files: FilesFolder | None = None) -> list[Message]:
    """Handle one incoming message once; what is to be said to a stranger is returned, all else is put as letters."""
    if not _take(session, inbox_id, now):
        return []
    inbox = session.get_one(Inbox, inbox_id)
    place = place_of(inbox)
    chat = chat_at(session, place)
    if chat is None:
        return _to_stranger(session, inbox, place, now)
    in_turn(session, turn_in(chat.agency_id))
    turn = turn_of(session, chat, inbox, now, files)
    _put(session, chat, inbox_id, [_offered(turn, message) for message in answer(turn)], now)
    return []


def _offered(turn: Turn, message: Message) -> Message:
    """No choice is offered that would be refused."""
    allowed = [
        replace(choice, says=aimed(turn.plan_id, choice.says))
        for choice in message.choices
        if all(
            may_ask(turn.chat.role.value, intent) for intent in read_reply(choice.says, turn.today).intents
        )
    ]
    return replace(message, choices=tuple(allowed))


def _take(session: Session, inbox_id: int, now: datetime, *, failed: bool = False) -> bool:
    """Mark the message as handled; False if it was, so that two workers never handle one message."""
    free = update(Inbox).where(col(Inbox.id) == inbox_id, col(Inbox.handled_at).is_(None))
    result = session.execute(free.values(handled_at=now, failed=failed).returning(col(Inbox.id)))
    return result.scalar_one_or_none() is not None


def _put(session: Session, chat: Chat, inbox_id: int, messages: list[Message], now: datetime) -> None:
    for n, message in enumerate(messages, start=1):
        put_letter(session, chat, f"reply:{inbox_id}:{n}", LetterKind.REPLY, now, message)


def _to_stranger(session: Session, inbox: Inbox, place: Place, now: datetime) -> list[Message]:
    """A place that is not linked is understood only when it sends a code; else one line a day."""
    code = _code_in(inbox.text, now)
    if code:
        chat, messages = link(session, inbox, place, code, now)
        if chat is None:
            return messages
        assert inbox.id is not None
        _put(session, chat, inbox.id, messages, now)
        return []
    midnight = datetime.combine(day_of(now), time.min, HANOI)
    return [] if spoke_before(session, inbox, midnight) else [stranger()]


def _code_in(text: str, now: datetime) -> str:
    """The code of “/dangky MÃ”, “/start MÃ”, of a message that is nothing but a code in any case, or “mã của em là MÃ”."""
    first = read_reply(text, day_of(now)).intents[0]
    if isinstance(first, say.Link):
        return first.code
    bare = "".join(letter for letter in text if letter.isalnum())
    if len(bare) == 8 and bare.isascii() and len(text.split()) <= 2:
        return bare
    inside = [word.strip('.,;:!()“”"') for word in text.split()[:MOST_WORDS]]
    return next((word for word in inside if A_CODE.fullmatch(word)), "")


def answer(turn: Turn) -> list[Message]:
    """Keep the file that came; carry out what is asked for, all of it or nothing; put the file where it belongs."""
    refused = filing.take_in(turn)
    if refused and not turn.inbox.text.strip():
        return refused
    followed = filing.follows(turn)
    return [*refused, *_with_file(turn)] if followed is None else followed


def _with_file(turn: Turn) -> list[Message]:
    messages, is_recorded = _answered(turn)
    return filing.finish(turn, messages, is_recorded=is_recorded)


def _answered(turn: Turn) -> tuple[list[Message], bool]:
    """What is said, and whether it was carried out; when one part may not be, nothing is."""
    try:
        with turn.session.begin_nested():
            return _carried_out(turn), True
    except AskBack as asked:
        return [asked.message], False
    except NotAllowed as refused:
        turn.note("refused", refused=True, text=turn.inbox.text[:200])
        return [one_line(str(refused))], False
    except DutyError as error:
        return [one_line(str(error))], False


def _carried_out(turn: Turn) -> list[Message]:
    if turn.inbox.edits_id is None:
        return _heard(turn)
    return [] if edited.is_unchanged(turn) else [*edited.hear_edit(turn, perform), *_heard(turn)]


def _heard(turn: Turn) -> list[Message]:
    take_aim(turn)
    messages: list[Message] = []
    if report_form.is_form(turn):
        return report_form.take_form(turn)
    if turn.inbox.file_name and turn.inbox.file is not None and filing.is_plan(turn):
        return plan_files.load(turn)
    if filing.stands_alone(turn):
        return filing.place_alone(turn)
    for hear in HEARERS:
        answered = hear(turn)
        if answered is not None:
            return answered
    for intent in picked(turn) or read_reply(turn.inbox.text, turn.today).intents:
        if not may_ask(turn.chat.role.value, intent):
            raise NotAllowed(refused(turn.chat.role.value, gives_away=isinstance(intent, say.GiveTo)))
        messages += perform(turn, intent)
    return messages
