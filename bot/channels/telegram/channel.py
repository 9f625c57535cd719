"""Telegram as a channel: letters out, changes in place, files."""

from collections.abc import Sequence
from datetime import timedelta

from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram import Message as Sent
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.channels.plain import shown, spelt_out, utf16_units
from bot.channels.telegram import TELEGRAM
from bot.channels.telegram.buttons import Buttons
from bot.channels.telegram.refusals import refusal
from bot.channels.telegram.render import as_html, label, parts, rows
from duties.message import Message
from scheduler.channel import Address, Capabilities, DeliveryError, Failure
from scheduler.limits import Limit

# https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
# 28.8 a second is never more than 30 in a second, though some arrive a little late; five at once after a rest, then one
# each four seconds, never more than 20 in a group's minute.
A_CHAT = timedelta(seconds=1)
A_BOT = timedelta(seconds=1) / 28.8
A_GROUP, GROUP_BURST = timedelta(seconds=4), 5
MOST_OUT = 50 * 2**20
MOST_PICTURE = 10 * 2**20  # a bigger one goes as a document
MOST_CAPTION = 1024
# https://core.telegram.org/bots/api#sendphoto: width and height together at most 10000, their ratio at most 20
NO_PICTURE = ("PHOTO_INVALID_DIMENSIONS", "IMAGE_PROCESS_FAILED", "PHOTO_SAVE_FILE_INVALID")
OTHER_BOT_AGAIN = timedelta(hours=1)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
SAID = "m"


def is_group(address: str) -> bool:
    """Groups, supergroups and channels have negative numbers."""
    return address.startswith("-")


def spoken_id(address: str, message_id: int) -> str:
    """The inbox's name for a message that somebody wrote."""
    return f"{SAID}:{address}:{message_id}"


def letter_id(address: str, message_id: int) -> str:
    """The outbox's name for a message of ours; a group that moved numbers its messages anew, so the chat is in it."""
    return f"{address}/{message_id}"


class TelegramChannel:
    """One bot's way out."""

    def __init__(self, bot: Bot, bot_id: str, buttons: Buttons) -> None:
        self._bot, self._bot_id, self._buttons = bot, bot_id, buttons
        self.capabilities = Capabilities(
            documents_out=True,
            biggest_document=MOST_OUT,
            edits=True,
            limits=self.limits,
            parts=parts,
        )

    def limits(self, address: Address) -> Sequence[Limit]:
        """The chat's own pace first, then the group's, then the bot's."""
        chat = f"{TELEGRAM}:{address.bot}:{address.address}"
        minute = (Limit(f"{chat}:minute", A_GROUP, GROUP_BURST),) if is_group(address.address) else ()
        return (Limit(chat, A_CHAT), *minute, Limit(f"{TELEGRAM}:{address.bot}", A_BOT))

    async def send(self, address: Address, message: Message) -> str:
        """Send one part; the chat and number of the message."""
        self._check(address)
        if message.asks and is_group(address.address):
            message = spelt_out(message)
        try:
            sent = await self._bot.send_message(
                chat_id=int(address.address),
                message_thread_id=_thread(address),
                text=as_html(message),
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=self._markup(address, message),
                reply_parameters=_reply_to(address, message),
            )
        except TelegramError as error:
            raise refusal(error, address) from None
        return letter_id(address.address, sent.message_id)

    async def edit(self, address: Address, platform_id: str, message: Message) -> None:
        """Change a message of ours; that it reads so already is no refusal."""
        chat, _, number = platform_id.partition("/")
        if chat != address.address:
            raise DeliveryError("tin ở nhóm cũ, trước khi nâng cấp", Failure.REFUSED)
        try:
            await self._reword(int(chat), int(number), as_html(message), self._keyboard(address, message))
        except TelegramError as error:
            if not (isinstance(error, BadRequest) and "not modified" in error.message):
                raise refusal(error, address) from None

    async def _reword(
        self, chat: int, number: int, words: str, keyboard: InlineKeyboardMarkup | None
    ) -> None:
        """The words of a message, or those under its document."""
        try:
            await self._bot.edit_message_text(
                words,
                chat,
                number,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=keyboard,
            )
        except BadRequest as error:
            if "no text in the message" not in error.message:
                raise
            await self._bot.edit_message_caption(
                chat, number, caption=words, parse_mode=ParseMode.HTML, reply_markup=keyboard
            )

    async def send_file(self, address: Address, name: str, content: bytes, caption: Message) -> str:
        """Send a document of at most 50 MB, or a picture to be seen at once, under a short caption."""
        self._check(address)
        if len(content) > MOST_OUT:
            raise DeliveryError("tệp lớn hơn 50 MB", Failure.REFUSED)
        if utf16_units(shown(caption)) > MOST_CAPTION:
            raise DeliveryError("lời kèm tệp dài quá 1.024 chữ", Failure.REFUSED)
        try:
            if _is_picture(name, content):
                sent = await self._send_picture(address, name, content, caption)
            else:
                sent = await self._send_document(address, name, content, caption)
        except TelegramError as error:
            raise refusal(error, address) from None
        return letter_id(address.address, sent.message_id)

    async def _send_document(self, address: Address, name: str, content: bytes, caption: Message) -> Sent:
        return await self._bot.send_document(
            chat_id=int(address.address),
            message_thread_id=_thread(address),
            document=content,
            filename=name,
            caption=as_html(caption) or None,
            parse_mode=ParseMode.HTML,
            reply_markup=self._keyboard(address, caption),
        )

    async def _send_picture(self, address: Address, name: str, content: bytes, caption: Message) -> Sent:
        """To be seen at once; one that is too wide, too long or no picture to Telegram goes as a document."""
        try:
            return await self._send_photo(address, name, content, caption)
        except BadRequest as error:
            if not any(word in error.message.upper() for word in NO_PICTURE):
                raise
            return await self._send_document(address, name, content, caption)

    async def _send_photo(self, address: Address, name: str, content: bytes, caption: Message) -> Sent:
        return await self._bot.send_photo(
            chat_id=int(address.address),
            message_thread_id=_thread(address),
            photo=content,
            filename=name,
            caption=as_html(caption) or None,
            parse_mode=ParseMode.HTML,
            reply_markup=self._keyboard(address, caption),
        )

    def _check(self, address: Address) -> None:
        if address.bot != self._bot_id:
            # perhaps the wrong token was set for a while: the chat is not to blame
            raise DeliveryError("nơi nhận thuộc một bot Telegram khác", Failure.WAIT, wait=OTHER_BOT_AGAIN)

    def _markup(self, address: Address, message: Message) -> InlineKeyboardMarkup | ForceReply | None:
        if message.asks and is_group(address.address):
            # with privacy mode on, free words reach a bot only as a reply to it
            return ForceReply(selective=bool(message.in_reply_to), input_field_placeholder="Trả lời tại đây")
        return self._keyboard(address, message)

    def _keyboard(self, address: Address, message: Message) -> InlineKeyboardMarkup | None:
        laid = [
            [
                InlineKeyboardButton(
                    label(each), callback_data=self._buttons.data(address.address, each.says)
                )
                for each in row
            ]
            for row in rows(message.choices)
        ]
        return InlineKeyboardMarkup(laid) if laid else None


def _is_picture(name: str, content: bytes) -> bool:
    return name.lower().endswith((".png", ".jpg", ".jpeg")) and len(content) <= MOST_PICTURE


def _thread(address: Address) -> int | None:
    return int(address.topic) if address.topic else None


def _reply_to(address: Address, message: Message) -> ReplyParameters | None:
    """In a group a reply shows whom it answers; alone with somebody it would be noise."""
    kind, _, rest = message.in_reply_to.partition(":")
    if kind != SAID or not is_group(address.address):
        return None
    chat, _, number = rest.rpartition(":")
    if chat != address.address:
        return None
    return ReplyParameters(int(number), allow_sending_without_reply=True)
