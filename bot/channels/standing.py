"""How a bot stands with its platform, as `nhacviec doctor` asks it; errors say nothing of the token."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """`webhook`: the address that the platform calls, empty when none; `trouble`: what it met there last."""

    name: str
    webhook: str = ""
    trouble: str = ""


class TokenRefused(Exception):
    """The platform knows no bot of that token."""


class NotReached(Exception):
    """The platform did not answer as it should; the words name what happened."""
