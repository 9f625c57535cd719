"""Sending, editing and deleting messages, files both ways, and answers to buttons."""

import mimetypes
import struct
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.fakes.telegram_access import answered_by, markup_of, thread_of, writable_chat_of
from tests.fakes.telegram_params import Params, Upload
from tests.fakes.telegram_refusals import Refused, bad_request
from tests.fakes.telegram_text import length, read_text
from tests.fakes.telegram_world import Chat, Message, StoredFile, World

Shape = dict[str, Any]

TEXT_LIMIT, CAPTION_LIMIT, ANSWER_LIMIT = 4096, 1024, 200
DELETE_WITHIN = timedelta(hours=48)


def send_message(world: World, params: Params) -> Shape:
    chat = writable_chat_of(world, params)
    return _send(world, chat, params, _text_of(params))


def send_document(world: World, params: Params) -> Shape:
    chat = writable_chat_of(world, params)
    stored = _file_of(world, params, "document", world.upload_limit)
    return _send(world, chat, params, document_content(stored) | _caption_of(params))


def send_photo(world: World, params: Params) -> Shape:
    chat = writable_chat_of(world, params)
    stored = _file_of(world, params, "photo", world.photo_limit)
    return _send(world, chat, params, photo_content(stored) | _caption_of(params))


def edit_message_text(world: World, params: Params) -> Shape:
    message = _editable(world, params)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, message, _text_of(params), markup_of(message.chat, params))


def edit_message_caption(world: World, params: Params) -> Shape:
    message = _editable(world, params)
    if "text" in message.content:
        raise bad_request("there is no caption in the message to edit")
    bare = {name: part for name, part in message.content.items() if not name.startswith("caption")}
    return _edit(world, message, bare | _caption_of(params), markup_of(message.chat, params))


def edit_message_reply_markup(world: World, params: Params) -> Shape:
    message = _editable(world, params)
    return _edit(world, message, message.content, markup_of(message.chat, params))


def delete_message(world: World, params: Params) -> bool:
    chat = writable_chat_of(world, params)
    message = chat.messages.get(params.needed("message_id"))
    if message is None or message.deleted:
        raise bad_request("message to delete not found")
    may_always = message.sender is world.bot or chat.is_private
    if world.clock() - message.date > DELETE_WITHIN or not (may_always or world.is_admin(chat)):
        raise bad_request("message can't be deleted")
    message.deleted = True
    return True


def answer_callback_query(world: World, params: Params) -> bool:
    query = world.queries.get(params.text("callback_query_id") or "")
    if query is None or world.clock() - query.at > world.press_lives:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if length(params.text("text") or "") > ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answer = params.said()
    return True


def get_file(world: World, params: Params) -> Shape:
    named = params.text("file_id") or ""
    stored = world.files.get(named.removesuffix("-s"))
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(stored.data) > world.download_limit:
        raise bad_request("file is too big")
    world.links[stored.path] = (stored, world.clock() + world.link_lives)
    return {**stored.shape(), "file_id": named, "file_path": stored.path}


def send_chat_action(world: World, params: Params) -> bool:
    chat = writable_chat_of(world, params)
    thread_of(world, chat, params, None)
    if params.text("action") not in ("typing", "upload_document", "upload_photo"):
        raise bad_request("wrong parameter action in request")
    return True


def document_content(stored: StoredFile) -> Shape:
    return {"document": {**stored.shape(), "file_name": stored.name, "mime_type": stored.mime}}


def photo_content(stored: StoredFile) -> Shape:
    """Two sizes of a photo, the largest last, as Telegram lists them."""
    width, height = picture_size(stored.data)
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    scale = min(1.0, 90 / max(width, height))
    small = {"width": max(1, round(width * scale)), "height": max(1, round(height * scale))}
    thumb = {
        **stored.shape(),
        "file_id": f"{stored.id}-s",
        "file_unique_id": f"{stored.unique_id}-s",
        **small,
    }
    return {"photo": [thumb, {**stored.shape(), "width": width, "height": height}]}


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG; anything else is no photo to Telegram."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        return struct.unpack(">II", data[16:24])
    at = 2
    while data.startswith(b"\xff\xd8") and at + 9 <= len(data) and data[at] == 0xFF:
        if data[at + 1] in (0xC0, 0xC1, 0xC2):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    raise bad_request("IMAGE_PROCESS_FAILED")


def _send(world: World, chat: Chat, params: Params, content: Shape) -> Shape:
    answered = answered_by(chat, params)
    thread = thread_of(world, chat, params, answered)
    markup = markup_of(chat, params)
    if params.truth("protect_content"):
        content["has_protected_content"] = True
    return world.write(chat, world.bot, content, thread=thread, reply_to=answered, markup=markup).shape()


def _edit(world: World, message: Message, content: Shape, markup: Shape | None) -> Shape:
    if (message.content, message.markup) == (content, markup):
        why = "specified new message content and reply markup are exactly the same as a current content"
        raise bad_request(f"message is not modified: {why} and reply markup of the message")
    message.content, message.markup, message.edited = content, markup, world.clock()
    return message.shape()


def _editable(world: World, params: Params) -> Message:
    chat = writable_chat_of(world, params)
    message = chat.messages.get(params.needed("message_id"))
    if message is None or message.deleted:
        raise bad_request("message to edit not found")
    if message.sender is not world.bot:
        raise bad_request("message can't be edited")
    return message


def _text_of(params: Params) -> Shape:
    text, entities = read_text(
        params.text("text") or "", params.text("parse_mode"), params.listed("entities")
    )
    if not text:
        raise bad_request("message text is empty")
    if length(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def _caption_of(params: Params) -> Shape:
    given = params.listed("caption_entities")
    text, entities = read_text(params.text("caption") or "", params.text("parse_mode"), given)
    if length(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    said: Shape = {"caption": text} if text else {}
    return {**said, "caption_entities": entities} if entities else said


def _file_of(world: World, params: Params, field: str, limit: int) -> StoredFile:
    """A file that was uploaded, or one Telegram already holds; it fetches nothing from the web."""
    upload = params.upload(field)
    if upload:
        return _stored(world, upload, field, limit)
    named = params.text(field) or ""
    if not named:
        raise bad_request(f"there is no {field} in the request")
    if named.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    if named not in world.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return world.files[named]


def _stored(world: World, upload: Upload, field: str, limit: int) -> StoredFile:
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > limit:
        raise Refused(413, "Request Entity Too Large")
    mime = mimetypes.guess_type(upload.name)[0] or upload.mime
    return world.keep(upload.data, upload.name, mime, f"{field}s")


METHODS: dict[str, Callable[[World, Params], object]] = {
    "sendmessage": send_message,
    "senddocument": send_document,
    "sendphoto": send_photo,
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "answercallbackquery": answer_callback_query,
    "getfile": get_file,
    "sendchataction": send_chat_action,
}
