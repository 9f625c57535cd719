"""What may be wanted with the page in the browser."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OpenWeb:
    """“/web”: a link that opens the page in one browser, once."""


@dataclass(frozen=True)
class ShowSessions:
    """“/phien”: the browsers that are let in."""


@dataclass(frozen=True)
class CloseSessions:
    """“Đóng phiên 2, 5”; without numbers all of `whom`, or all of this place when nobody is named."""

    numbers: tuple[int, ...] = ()
    whom: str = ""


WebIntent = OpenWeb | ShowSessions | CloseSessions
