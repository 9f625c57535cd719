"""What may be wanted with linked chats, invitation codes and the names of units."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ShowUnit:
    """“/donvi Phòng A”: its chats by number, its codes, its other names, who answers for it."""

    name: str


@dataclass(frozen=True)
class WithdrawCodes:
    """“Thu hồi mã Phòng A”; `everybody`: of all units."""

    words: str = ""
    everybody: bool = False


@dataclass(frozen=True)
class MoveChat:
    """“Chuyển kênh 2 của Phòng A sang Phòng B”; the number is needed only where there are several."""

    unit: str
    to: str
    number: int | None = None


@dataclass(frozen=True)
class DropChat:
    """“Bỏ kênh 2 của Phòng A”."""

    unit: str
    number: int | None = None


@dataclass(frozen=True)
class PutFirst:
    """“Kênh 2 của Phòng A nhận trước”."""

    unit: str
    number: int


@dataclass(frozen=True)
class StopHere:
    """“Ngừng nhận tin ở đây”: asked back unless `is_sure`."""

    is_sure: bool = False


@dataclass(frozen=True)
class TellApart:
    """“Phòng A” và “Phòng A2” là hai đơn vị khác nhau."""

    one: str
    other: str


@dataclass(frozen=True)
class MeanUnits:
    """“Các phòng” gồm: Phòng A; Phòng B. Without units: by kind again, as at first."""

    name: str
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class CallUnit:
    """“Gọi P. KHTC là Phòng Kế hoạch - Tài chính”: the one of the two that is known is the unit."""

    one: str
    other: str


@dataclass(frozen=True)
class DropName:
    """“Bỏ tên gọi P. KHTC”."""

    name: str


ChatIntent = (
    ShowUnit
    | WithdrawCodes
    | MoveChat
    | DropChat
    | PutFirst
    | StopHere
    | TellApart
    | MeanUnits
    | CallUnit
    | DropName
)
