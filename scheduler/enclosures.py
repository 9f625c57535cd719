"""A letter's document: carried by a channel that can, else, or where it is too big, told as a link that expires."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from data.access_links import address_of, link_life, make_link
from data.files import FileLost, FilesFolder, stored
from data.letters import carried
from data.tables import Agency, Chat, Letter, LinkPurpose
from duties.message import Attached, Line, Look, Message
from duties.wording.files import CANNOT_BE_HAD, download_link, here_it_is
from scheduler.channel import (
    Address,
    Capabilities,
    Channel,
    DeliveryError,
    Failure,
    can_carry,
    is_too_big_for,
)


@dataclass(frozen=True)
class Enclosure:
    """What goes with a letter: the bytes of a hash under a name, or a line with the address where they are."""

    file: Attached
    sha256: str = ""
    link: str = ""

    def worded(self, message: Message) -> Message:
        """The words with the link; it is in no table, as whoever has it can fetch the document."""
        return replace(message, lines=(*message.lines, Line(self.link))) if self.link else message


def enclose(
    session: Session, letter: Letter, chat: Chat, agency: Agency, channel: Channel, now: datetime
) -> Enclosure | None:
    """What the letter carries on that channel; None for none."""
    file = carried(letter)
    if file is None:
        return None
    found = stored(session, letter.agency_id, file.file_id)
    if found is None:
        return Enclosure(file, link=CANNOT_BE_HAD)
    if can_carry(channel) and not is_too_big_for(channel, found.size):
        return Enclosure(file, sha256=found.sha256)
    life = link_life(agency)
    token = make_link(session, chat, LinkPurpose.DOWNLOAD, now, life, file=file)
    address = address_of(agency, LinkPurpose.DOWNLOAD, token)
    return Enclosure(file, link=download_link(file.name, address, now + life))


def goes_with(message: Message, enclosed: Enclosure, capabilities: Capabilities) -> bool:
    """Whether words and document fit in one message; if not, the document follows in its own."""
    if enclosed.sha256:
        return len(message.text.encode("utf-16-le")) // 2 <= capabilities.caption_limit
    return len(capabilities.parts(enclosed.worded(message))) == 1


def alone(file: Attached) -> Message:
    """The letter that carries a document which did not fit with its words."""
    return Message((Line(here_it_is(file.name), Look.QUIET),), file=file)


async def hand_over(
    channel: Channel,
    address: Address,
    message: Message,
    enclosed: Enclosure | None,
    files: FilesFolder | None,
) -> str:
    """Send the words, with what goes with them; the platform's id. Raises DeliveryError."""
    if enclosed is None or not enclosed.sha256 or not can_carry(channel):
        return await channel.send(address, enclosed.worded(message) if enclosed else message)
    content = await asyncio.to_thread(_read, files, enclosed.sha256)
    return await channel.send_file(address, enclosed.file.name, content, message)


def _read(files: FilesFolder | None, sha256: str) -> bytes:
    try:
        if files is not None:
            return files.read(sha256)
    except (FileLost, OSError):
        pass
    raise DeliveryError("không đọc được tệp đi kèm", Failure.REFUSED)
