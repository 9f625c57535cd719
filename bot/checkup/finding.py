"""A finding: something that was looked at, how it is, and what to do where it is not well."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """`DOUBTFUL`: it works, and somebody should know; `WRONG`: it does not."""

    WELL = "well"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """`about`: what was looked at; `says`: how it is; `todo`: what to do."""

    about: str
    state: State
    says: str
    todo: str = ""


def well(about: str, says: str) -> Finding:
    return Finding(about, State.WELL, says)


def doubtful(about: str, says: str, todo: str) -> Finding:
    return Finding(about, State.DOUBTFUL, says, todo)


def wrong(about: str, says: str, todo: str) -> Finding:
    return Finding(about, State.WRONG, says, todo)


def named(names: list[str], most: int = 5) -> str:
    """The first few names, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" và {more} nơi khác" if more > 0 else "")


def megabytes(size: int) -> str:
    """“12 MB”, “1,5 GB”."""
    return f"{size / 2**30:.1f} GB".replace(".", ",") if size >= 2**30 else f"{max(size // 2**20, 1)} MB"
