"""How a Zalo bot stands: who it is, and whether a webhook is set."""

from http import HTTPStatus

from bot.channels.standing import NotReached, Standing, TokenRefused
from bot.channels.zalo.account import Account
from bot.channels.zalo.client import Refused, ZaloClient, ZaloError

NO_SUCH_BOT = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)


async def standing(account: Account) -> Standing:
    """TokenRefused or NotReached when Zalo does not say."""
    client = ZaloClient(account)
    try:
        me, webhook = await client.me(), await client.webhook()
    except Refused as refused:
        raise TokenRefused if refused.code in NO_SUCH_BOT else NotReached(str(refused)) from None
    except ZaloError as error:
        raise NotReached(str(error)) from None
    finally:
        await client.close()
    return Standing(me.names[0] if me.names else me.number, webhook)
