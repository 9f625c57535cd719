"""The signed cookie that lets a browser into its chats, and the addresses we hand out."""

from dataclasses import dataclass, replace
from datetime import timedelta

from itsdangerous import BadData, URLSafeTimedSerializer

from data.people import Place

COOKIE = "nhacviec"
LIFE = timedelta(days=180)
MOST_CHATS = 8
LONGEST_NAME = 60


@dataclass(frozen=True)
class Seat:
    """A chat this browser was let into: its id and its address, so that neither can be swapped for another's."""

    chat_id: int
    address: str

    @property
    def place(self) -> Place:
        return Place("web", "", self.address)


@dataclass(frozen=True)
class Pass:
    """What a browser may open, the newest first, and the name its reader gave."""

    seats: tuple[Seat, ...] = ()
    name: str = ""

    def with_seat(self, seat: Seat, name: str) -> "Pass":
        others = tuple(each for each in self.seats if each.chat_id != seat.chat_id)
        return replace(self, seats=(seat, *others)[:MOST_CHATS], name=name or self.name)


class Links:
    """Signs with the program's secret; whoever does not hold it cannot make a pass."""

    def __init__(self, base_url: str, secret: str) -> None:
        self.base_url = base_url.rstrip("/")
        self._signer = URLSafeTimedSerializer(secret, salt="web chat pass")

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    def invitation(self, code: str) -> str:
        return f"{self.base_url}/vao/{code}"

    def sign(self, granted: Pass) -> str:
        return self._signer.dumps([granted.name, [[seat.chat_id, seat.address] for seat in granted.seats]])

    def read(self, cookie: str | None) -> Pass:
        """The pass in a cookie; an empty one when there is none, or it was forged, or it is too old."""
        try:
            name, seats = self._signer.loads(cookie or "", max_age=int(LIFE.total_seconds()))
        except BadData:
            return Pass()
        return Pass(tuple(Seat(chat_id, address) for chat_id, address in seats), name)
