"""What the office may want with units, chats and letters."""

from dataclasses import dataclass
from datetime import date

from duties.intents.targets import Targets


@dataclass(frozen=True)
class NudgeNow:
    """“Nhắc Phòng …”, “nhắc #A12”; `insist`: “cứ nhắc”, out of hours and though it was told a moment ago."""

    unit: str = ""
    insist: bool = False
    targets: Targets = ()


@dataclass(frozen=True)
class Preview:
    """“/sapgui”: what will be told to whom in the next days."""


@dataclass(frozen=True)
class Pause:
    """“Tạm dừng đến 20/6”: ends by itself after that day; without one when the office says so."""

    until: date | None = None


@dataclass(frozen=True)
class Resume:
    """“Tiếp tục”: a pause is over."""


@dataclass(frozen=True)
class Units:
    """“/donvi”: every unit, and who of them can be reached."""


@dataclass(frozen=True)
class Invite:
    """No words: every unit that nobody can reach."""

    words: str = ""


@dataclass(frozen=True)
class AddUnit:
    """“Thêm đơn vị Phòng A”."""

    name: str


@dataclass(frozen=True)
class RenameUnit:
    """“Đổi tên Phòng A thành Phòng B”."""

    name: str
    to: str


@dataclass(frozen=True)
class Announce:
    """The words of an announcement, to be looked at before they go out."""

    text: str


@dataclass(frozen=True)
class SendAnnouncement:
    """“Gửi thông báo”: the words that were looked at go out."""


@dataclass(frozen=True)
class DropAnnouncement:
    """“Bỏ thông báo”: the words that were looked at do not go out."""


@dataclass(frozen=True)
class AskAnnouncement:
    """“Thông báo gửi đến đâu rồi?”"""


PeopleIntent = (
    NudgeNow
    | Preview
    | Pause
    | Resume
    | Units
    | Invite
    | AddUnit
    | RenameUnit
    | Announce
    | SendAnnouncement
    | DropAnnouncement
    | AskAnnouncement
)
