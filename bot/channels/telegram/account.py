"""Whose bot it is, and how it is reached."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.channels.ways_in import Mode, made_secret

READ_WITHIN = 15.0
POLL_WAIT = timedelta(seconds=25)


@dataclass(frozen=True)
class Account:
    """A bot and how it is reached. `secret`: the program's own, from which buttons and webhooks are signed."""

    token: str = field(repr=False)
    secret: str = field(repr=False)
    mode: Mode = Mode.POLLING
    web_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    api_url: str = "https://api.telegram.org"
    read_within: float = READ_WITHIN
    poll_wait: timedelta = POLL_WAIT

    @property
    def bot_id(self) -> str:
        """The bot's number is the first part of its token."""
        return self.token.partition(":")[0]

    @property
    def header(self) -> str:
        """What Telegram says with each call: as it was set, or made of our own secret."""
        return self.webhook_secret or made_secret(self.secret, f"telegram webhook {self.bot_id}")
