"""Whoever is not linked: answered outside the outbox, which knows linked chats only, a few times and then seldom."""

import asyncio
import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.world import World
from data.engine import transaction
from data.people import Place
from duties.message import Message
from scheduler.channel import Channel, DeliveryError
from scheduler.limits import Limit, next_turn, take_turn

log = logging.getLogger(__name__)

# a mistyped code can be put right at once; whoever only chats is not chatted with
EVERY, BURST = timedelta(minutes=10), 5
PATIENCE = timedelta(seconds=1)


async def answer_stranger(world: World, channel: Channel, place: Place, messages: Iterable[Message]) -> None:
    """Say it, as long as that place may be answered."""
    for message in messages:
        if await asyncio.to_thread(_may_tell, world, place):
            await tell_place(world, channel, place, message)


def _may_tell(world: World, place: Place) -> bool:
    seldom = Limit(f"{place.channel}:{place.bot}:{place.address}:stranger", EVERY, BURST)
    with transaction(world.engine) as session:
        return take_turn(session, [seldom], world.clock.now()) is None


async def tell_place(world: World, channel: Channel, place: Place, message: Message) -> None:
    """Said once, if there is a turn for it; whether it arrives is not followed up."""
    moment = await asyncio.to_thread(_turn, world, channel, place)
    if moment is None:
        return
    await asyncio.sleep(max((moment - world.clock.now()).total_seconds(), 0))
    try:
        for part in channel.capabilities.parts(message):
            await channel.send(place, part)
    except DeliveryError as failure:
        log.info("stranger not told: %s", failure)


def _turn(world: World, channel: Channel, place: Place) -> datetime | None:
    with transaction(world.engine) as session:
        return next_turn(session, channel.capabilities.limits(place), world.clock.now(), PATIENCE)
