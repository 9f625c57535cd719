"""The dead-man: an address outside is called every few minutes while all is well; when it hears nothing, it raises the alarm."""

import asyncio
import logging

import httpx
from sqlalchemy import Engine

from data.alarms import all_is_well
from data.engine import transaction
from scheduler.audit import Auditor

log = logging.getLogger(__name__)

PATIENCE = 10.0  # seconds


class Heartbeat:
    """`transport` stands in for the network in tests."""

    def __init__(
        self, url: str, engine: Engine, auditor: Auditor, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._url, self._engine, self._auditor, self._transport = url, engine, auditor, transport

    async def beat(self) -> bool:
        """Call the address if all is well; whether it heard us. Nothing here hangs on it."""
        if not await asyncio.to_thread(self._is_well):
            log.warning("heartbeat left out: not all is well")
            return False
        try:
            async with httpx.AsyncClient(timeout=PATIENCE, transport=self._transport) as client:
                (await client.get(self._url)).raise_for_status()
        except (httpx.HTTPError, httpx.InvalidURL) as trouble:
            # the address may hold a secret: it is not written down
            log.warning("heartbeat not heard: %s", type(trouble).__name__)
            return False
        return True

    def _is_well(self) -> bool:
        with transaction(self._engine) as session:
            return self._auditor.has_looked() and all_is_well(session)
