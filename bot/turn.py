"""A turn of the conversation: one incoming message, who speaks, and the day it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from sqlmodel import Session

from bot.entries import entries_of, entry_of
from data import changes, obligations, trail
from data.files import FilesFolder
from data.letters import put_letter
from data.obligations import Heard, Item, Office
from data.people import Place, chats_of_role, chats_of_unit, place_of
from data.tables import Agency, Answer, Chat, ChatRole, Decision, Inbox, LetterKind, Unit
from duties.message import Attached, Message
from duties.nudging import opening
from duties.progress import Ruling, Said
from duties.replies import is_understood
from duties.rights import Action, may
from duties.wording.entries import Entry
from duties.workdays import day_of


class AskBack(Exception):
    """What was said cannot be carried out before the sender says which or when; nothing is recorded."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


class Words(TypedDict, total=False):
    """What may come with an answer."""

    text: str
    wanted_due: date | None
    claimed_on: date | None
    links: Sequence[str]
    documents: Sequence[str]
    quantities: dict[str, int]


class Terms(TypedDict, total=False):
    """What may come with a decision."""

    answer_id: int | None
    reason: str
    due: date | None
    to_unit_id: int | None


@dataclass
class Turn:
    """Everything a command may ask for, and the two ways in which it acts: to record and to tell.

    `plan_id`: the plan that the message names by its number here. `file`: what came with the message, kept. `found`: the obligations it speaks of; `answered`: what it said of them.
    """

    session: Session
    agency: Agency
    office: Office
    chat: Chat
    units: Sequence[Unit]
    inbox: Inbox
    now: datetime
    files: FilesFolder
    recorded: set[tuple[int, str]] = field(default_factory=set)
    untold: list[str] = field(default_factory=list)
    file: Attached | None = None
    places_files: bool = False
    found: list[Item] = field(default_factory=list)
    answered: dict[int, Answer] = field(default_factory=dict)
    is_undoing: bool = False
    undoable: bool = False
    plan_id: int | None = None

    @property
    def today(self) -> date:
        return day_of(self.now)

    @property
    def agency_id(self) -> int:
        assert self.agency.id is not None
        return self.agency.id

    @property
    def unit_ids(self) -> list[int]:
        return [unit.id for unit in self.units if unit.id is not None]

    @property
    def is_unit(self) -> bool:
        return self.chat.role is ChatRole.UNIT

    @property
    def is_office(self) -> bool:
        return self.chat.role is ChatRole.OFFICE

    @property
    def place(self) -> Place:
        return place_of(self.chat)

    @property
    def heard(self) -> Heard:
        return Heard(self.now, self.chat, self.inbox)

    def may(self, action: Action) -> bool:
        """Whether who speaks here may do it."""
        return may(self.chat.role.value, action)

    def answer(self, item: Item, kind: Said, **said: Unpack[Words]) -> Answer | None:
        """Record what was said of an obligation; None when this message said it already."""
        if not self._is_first(item, kind):
            return None
        self.note(kind.value, item, **_told(said))
        row = obligations.answer(self.session, item, kind, self.heard, self.office, **said)
        self.answered.setdefault(item.id, row)
        return row

    def decide(self, item: Item, kind: Ruling, **ruled: Unpack[Terms]) -> Decision | None:
        """Record what the office decided; None when this message decided it already."""
        if not self._is_first(item, kind):
            return None
        self.note(kind.value, item, **_told(ruled))
        return obligations.decide(self.session, item, kind, self.heard, self.office, **ruled)

    def accept(self, done: Sequence[tuple[Item, int | None]]) -> None:
        """Record that the office accepts what was reported, each by the answer of that number; what this message
        accepted already is left out."""
        fresh = [(item, answer) for item, answer in done if self._is_first(item, Ruling.ACCEPT)]
        for item, answer_id in fresh:
            self.note(Ruling.ACCEPT.value, item, **_told({"answer_id": answer_id}))
        obligations.accept_all(self.session, fresh, self.heard, self.office)

    def can_undo(self, about: str, what: str, by: Sequence[str] = (), *, plan_id: int | None = None) -> None:
        """“Hoàn tác” takes this change back by saying these words; `about` names what was changed, `what` calls it so.

        `plan_id`: the plan that they are about, whichever is the newest draft when they are said.
        Without words that are understood it is kept as what cannot be taken back, so that nothing older is in its place.
        """
        if self.is_undoing or self.inbox.id is None:
            return
        goes_back = bool(by) and all(is_understood(each, self.today) for each in by)
        self.undoable = self.undoable or goes_back
        plan_id = plan_id or self.plan_id
        aim = f"KH{plan_id}: " if plan_id is not None else ""
        words = [f"{aim}{each}" for each in by] if goes_back else ()
        changes.remember(self.session, self.agency_id, self.inbox.id, about, what, words, self.now)

    def _is_first(self, item: Item, kind: str) -> bool:
        is_first = (item.id, kind) not in self.recorded
        self.recorded.add((item.id, kind))
        return is_first

    def note(self, action: str, item: Item | None = None, *, refused: bool = False, **detail: object) -> None:
        """One line of the trail."""
        about = {"obligation": item.id, "code": item.obligation.short_code} if item else {}
        trail.note(
            self.session,
            self.now,
            action,
            self.chat,
            sender=self.inbox.sender,
            refused=refused,
            **about,
            inbox=self.inbox.id,
            **detail,
        )

    def tell_office(self, what: str, message: Message) -> None:
        """A notice to every chat of the office but the one that is speaking."""
        self.tell(chats_of_role(self.session, self.agency_id, ChatRole.OFFICE), what, message)

    def tell_unit(self, unit: Unit, what: str, message: Message, *, at_once: bool = False) -> bool:
        """A notice to the unit's first chat; False, and remembered as untold, when it has none."""
        chats = chats_of_unit(self.session, unit.id or 0)
        self.tell(chats[:1], what, message, at_once=at_once)
        if not chats:
            self.untold.append(unit.name)
        return bool(chats)

    def tell(self, chats: Iterable[Chat], what: str, message: Message, *, at_once: bool = False) -> datetime:
        """A notice to each of these chats but the one that is speaking; when it goes out: nobody is disturbed at night.

        `at_once`: it waits for no hours, as an answer does not.
        """
        kind = LetterKind.REPLY if at_once else LetterKind.NOTICE
        goes_on = self.now if at_once else opening(self.now, self.office.policy, self.office.calendar)
        for chat in chats:
            if chat.id != self.chat.id:
                put_letter(
                    self.session,
                    chat,
                    f"notice:{what}",
                    kind,
                    self.now,
                    message,
                    not_before=goes_on,
                )
        return goes_on

    def entry(self, item: Item) -> Entry:
        """The obligation as we speak of it."""
        return entry_of(self.session, item, self.office)

    def entries(self, found: Iterable[Item]) -> list[Entry]:
        return entries_of(self.session, list(found), self.office)


def _told(along: Mapping[str, object]) -> dict[str, Any]:
    """What was said with an answer or a decision, as the trail keeps it."""
    return {name: value for name, value in along.items() if value not in (None, "", (), [], {})}
