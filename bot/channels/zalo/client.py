"""Zalo's Bot API over httpx: a method, its parameters, its result, or why there is none.

https://bot.zaloplatforms.com/docs. The token stands in the address, so no error of the transport's is ever shown.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx

from bot.channels.not_sent import NOT_SENT
from bot.channels.zalo.account import Account

# Zalo waits as long as we asked it to, and then needs a moment to say that nothing came.
ANSWERED_WITHIN = 10.0


class ZaloError(Exception):
    """Zalo did not do what was asked."""


class Refused(ZaloError):
    """Zalo said no: `code` is its error code, which is the HTTP status too."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(f"{code} {description}")
        self.code, self.description = code, description


class NoAnswer(ZaloError):
    """There was no answer that can be read; `was_sent` False: the request surely never left."""

    def __init__(self, what: str, *, was_sent: bool) -> None:
        super().__init__(what)
        self.was_sent = was_sent


@dataclass(frozen=True)
class Me:
    """Who the bot is; in groups it is called by one of its names."""

    number: str
    names: tuple[str, ...]
    can_join_groups: bool = False


class ZaloClient:
    """One bot's calls."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._http = httpx.AsyncClient(
            # the address is never part of a log line of ours
            base_url=f"{account.api_url.rstrip('/')}/bot{account.token}/",
            timeout=httpx.Timeout(account.read_within, connect=account.connect_within),
            # a server next door is not reached by TLS, and reading certificates takes most of a second
            verify=not account.api_url.startswith("http://"),
            follow_redirects=False,
        )

    async def close(self) -> None:
        await self._http.aclose()

    async def me(self) -> Me:
        found = _mapping(await self._call("getMe"))
        names = (found.get("display_name"), found.get("account_name"))
        return Me(
            number=str(found.get("id", "")),
            names=tuple(name for name in names if isinstance(name, str) and name.strip()),
            can_join_groups=found.get("can_join_groups") is True,
        )

    async def fetch_updates(self) -> Sequence[Mapping[str, Any]]:
        """What came, mostly one update; nothing when nothing came in time. What is given here is not given again."""
        wait = self._account.poll_wait.total_seconds()
        try:
            found = await self._call("getUpdates", {"timeout": int(wait)}, within=wait + ANSWERED_WITHIN)
        except Refused as refused:
            if refused.code == HTTPStatus.REQUEST_TIMEOUT:
                return ()
            raise
        several = found if isinstance(found, list) else [found]
        return [each for each in several if isinstance(each, dict) and each]

    async def send(self, chat_id: str, text: str) -> str:
        """Send a text; the message's id."""
        sent = _mapping(await self._call("sendMessage", {"chat_id": chat_id, "text": text}))
        return str(sent.get("message_id", ""))

    async def webhook(self) -> str:
        """The address of the webhook that is set; empty when there is none."""
        try:
            found = _mapping(await self._call("getWebhookInfo"))
        except Refused as refused:
            if refused.code == HTTPStatus.NOT_FOUND:
                return ""
            raise
        return str(found.get("url") or "")

    async def set_webhook(self, url: str, secret: str) -> str:
        """Set it; what Zalo found when it tried the address, empty when all was well or nothing is said."""
        found = _mapping(await self._call("setWebhook", {"url": url, "secret_token": secret}))
        tried = _mapping(found.get("verification"))
        return "" if tried.get("ok", True) else str(tried.get("outcome") or "webhook.err")

    async def delete_webhook(self) -> None:
        await self._call("deleteWebhook")

    async def _call(
        self, method: str, params: Mapping[str, Any] | None = None, within: float | None = None
    ) -> object:
        timeout = httpx.Timeout(within or self._account.read_within, connect=self._account.connect_within)
        try:
            response = await self._http.post(method, json=dict(params or {}), timeout=timeout)
        except httpx.HTTPError as error:
            raise NoAnswer(type(error).__name__, was_sent=not isinstance(error, NOT_SENT)) from None
        return _result(response)


def _result(response: httpx.Response) -> object:
    """What was asked for. Both the status and the body must say that it went well."""
    body: object = None
    with suppress(ValueError):
        body = response.json()
    if not isinstance(body, dict):
        if response.is_success or response.is_server_error:
            raise NoAnswer(f"HTTP {response.status_code}", was_sent=True)
        raise Refused(response.status_code, response.reason_phrase)
    if response.is_success and body.get("ok") is True:
        return body.get("result")
    code = body.get("error_code") or response.status_code
    said = str(body.get("description") or response.reason_phrase)
    raise Refused(code if isinstance(code, int) else response.status_code, said[:200])


def _mapping(found: object) -> Mapping[str, Any]:
    return found if isinstance(found, dict) else {}
