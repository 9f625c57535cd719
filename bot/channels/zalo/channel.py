"""Zalo as a channel: words out, for each of the office's bots."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.channels.zalo import ZALO
from bot.channels.zalo.client import ZaloClient, ZaloError
from bot.channels.zalo.refusals import refusal
from bot.channels.zalo.render import as_text, for_group, parts
from duties.message import Message
from scheduler.channel import Address, Capabilities, DeliveryError, Failure
from scheduler.limits import Limit

# Zalo names no pace; this one is ours.
A_CHAT = timedelta(seconds=1)
A_BOT, BOT_BURST = timedelta(seconds=1) / 5, 5
OTHER_BOT_AGAIN = timedelta(hours=1)
GROUP_PREFIX = "zgr-"


def is_group(address: str) -> bool:
    return address.startswith(GROUP_PREFIX)


class ZaloChannel:
    """The way out, by whichever of our bots the chat talks with."""

    def __init__(self, bots: Mapping[str, ZaloClient], monthly_cap: int) -> None:
        self._bots = bots
        self.capabilities = Capabilities(
            documents_out=False,
            monthly_cap=monthly_cap or None,
            limits=self.limits,
            parts=parts,
        )

    def limits(self, address: Address) -> Sequence[Limit]:
        """The chat's own pace, then the bot's."""
        chat = f"{ZALO}:{address.bot}:{address.address}"
        return (Limit(chat, A_CHAT), Limit(f"{ZALO}:{address.bot}", A_BOT, BOT_BURST))

    async def send(self, address: Address, message: Message) -> str:
        """Send one part; the message's id."""
        client = self._bots.get(address.bot)
        if client is None:
            # perhaps a token was left out for a while: the chat is not to blame
            raise DeliveryError("nơi nhận thuộc một bot Zalo khác", Failure.WAIT, wait=OTHER_BOT_AGAIN)
        if is_group(address.address):
            message = for_group(message)
        try:
            return await client.send(address.address, as_text(message))
        except ZaloError as error:
            raise refusal(error) from None
