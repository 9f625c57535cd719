"""The cookie by which a browser is known, and the addresses we hand out."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import Request, Response

from data.people import Place
from data.tables import WebSession

COOKIE = "nhacviec"
CHOSEN = "noi"  # the cookie that says in which of its rooms a browser is; what it names is looked for among them alone
LONGEST_NAME = 60


@dataclass(frozen=True)
class Seat:
    """A chat that a browser was let into: its id and its address, so that neither is taken for another's."""

    chat_id: int
    address: str

    @property
    def place(self) -> Place:
        return Place("web", "", self.address)


class Links:
    """Where our pages are, and the cookie that goes with that: it says nothing but a token of chance."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def cookie(self) -> str:
        """On https a name that no other host and no plain http may set: RFC 6265bis, “__Host-”."""
        return f"__Host-{COOKIE}" if self.is_https else COOKIE

    def invitation(self, code: str) -> str:
        return f"{self.base_url}/vao/{code}"

    def token_in(self, request: Request) -> str:
        return request.cookies.get(self.cookie, "")

    def give(self, answer: Response, held: WebSession, token: str, now: datetime) -> None:
        """Lax, so that a link in a letter opens the page; every form is asked where it comes from, see `origin`."""
        answer.set_cookie(
            self.cookie,
            token,
            max_age=int((held.expires_at - now).total_seconds()),
            path="/",
            httponly=True,
            samesite="lax",
            secure=self.is_https,
        )

    def choose(self, answer: Response, chat_id: int) -> None:
        """From now on the browser is in that one of its chats."""
        answer.set_cookie(CHOSEN, str(chat_id), path="/", httponly=True, samesite="lax", secure=self.is_https)

    def take_back(self, answer: Response) -> None:
        answer.delete_cookie(self.cookie, path="/", httponly=True, samesite="lax", secure=self.is_https)
