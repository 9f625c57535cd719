"""How a Telegram bot stands: who it is, and whether a webhook is set."""

from telegram.error import InvalidToken, TelegramError

from bot.channels.standing import NotReached, Standing, TokenRefused
from bot.channels.telegram.account import Account
from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.connection import request_of


async def standing(account: Account) -> Standing:
    """TokenRefused or NotReached when Telegram does not say."""
    api, request = account.api_url.rstrip("/"), request_of(account, 2)
    client = TelegramClient(account.token, f"{api}/bot", request=request)
    try:
        await request.initialize()
        me, info = await client.get_me(), await client.get_webhook_info()
    except InvalidToken:
        raise TokenRefused from None
    except TelegramError as error:
        raise NotReached(type(error.__cause__ or error).__name__) from None
    finally:
        await request.shutdown()
    return Standing(f"@{me.username}", info.url or "", info.last_error_message or "")
