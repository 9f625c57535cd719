"""Whose Zalo bot it is, and how it is reached."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.channels.ways_in import Mode, made_secret

API_URL = "https://bot-api.zaloplatforms.com"
IMAGE_HOSTS = ("zdn.vn",)
# The free plan: https://bot.zaloplatforms.com/docs
MONTHLY_CAP = 3_000


@dataclass(frozen=True)
class Account:
    """A bot and how it is reached. `secret`: the program's own, from which the webhook's is made.

    `takes_over`: polling may delete a webhook that it finds. `image_hosts`: where pictures may be fetched from, with
    whatever stands before the name. `monthly_cap` 0: none.
    """

    token: str = field(repr=False)
    secret: str = field(repr=False)
    mode: Mode = Mode.POLLING
    web_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    api_url: str = API_URL
    takes_over: bool = False
    image_hosts: tuple[str, ...] = IMAGE_HOSTS
    monthly_cap: int = MONTHLY_CAP
    connect_within: float = 5.0
    read_within: float = 15.0
    poll_wait: timedelta = timedelta(seconds=30)

    @property
    def bot_id(self) -> str:
        """The bot's number is the first part of its token."""
        return self.token.partition(":")[0]

    @property
    def header(self) -> str:
        """What Zalo says with each call: as it was set, or made of our own secret."""
        return self.webhook_secret or made_secret(self.secret, f"zalo webhook {self.bot_id}")

    @property
    def webhook_path(self) -> str:
        return f"/zalo/{self.bot_id}"
