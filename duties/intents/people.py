"""What the office may want with units, chats and letters."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NudgeNow:
    unit: str = ""


@dataclass(frozen=True)
class Preview:
    pass


@dataclass(frozen=True)
class Pause:
    pass


@dataclass(frozen=True)
class Resume:
    pass


@dataclass(frozen=True)
class Units:
    pass


@dataclass(frozen=True)
class Invite:
    """No words: every unit that nobody can reach."""

    words: str = ""


@dataclass(frozen=True)
class AddUnit:
    name: str


@dataclass(frozen=True)
class RenameUnit:
    """“Đổi tên Phòng A thành Phòng B”."""

    name: str
    to: str


@dataclass(frozen=True)
class Announce:
    text: str


PeopleIntent = NudgeNow | Preview | Pause | Resume | Units | Invite | AddUnit | RenameUnit | Announce
