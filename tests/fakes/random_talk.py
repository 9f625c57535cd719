"""Random talk: whatever people and platforms may send, in the shape each channel hands it over."""

import random
import tomllib
from pathlib import Path
from typing import Any

from tests.corpus.rights_page import SAID

Shape = dict[str, Any]
CORPUS = Path(__file__).parents[1] / "corpus" / "replies.toml"
PHRASES: list[str] = [
    says for case in tomllib.loads(CORPUS.read_text("utf-8"))["case"] for says in case["says"]
]
ORDERS = list(SAID.values())
CODES = [
    *(f"#A{n}" for n in range(1, 6)),
    *(f"#A{n}" for n in range(1, 6)),
    "#Z99",
    "1.1",
    "2.1",
    "1",
    "2",
    "1-3",
    "tất cả",
]
ACTS = (
    "xong {}", "{} đang làm", "{} chưa xong", "{} vướng: thiếu người", "{} hết vướng", "{} xin lùi đến 20/8", "{} lùi 1 tuần",
    "{} không phải việc của phòng", "{} nhắc lại sau 3 ngày", "{}: 4 tin, 2 bài", "báo cáo {}", "duyệt {}", "trả lại {} thiếu số liệu",
    "trả lại {} thiếu số liệu, hạn mới 30/8", "từ chối {}", "gia hạn {} đến 30/9", "không tính {}", "chuyển {} sang Phòng Hai",
    "xong {} ngày 10/3", "{} xong https://a.vn/x, báo cáo số 12/BC-VP", "hoàn tác", "hoàn tác", "/viec", "/choduyet", "duyệt tất cả",
)  # fmt: skip
RULES = (
    "duyệt {}", "duyệt {}", "trả lại {} thiếu số liệu", "trả lại {} thiếu số liệu, hạn mới 30/8", "từ chối {}", "gia hạn {} đến 30/9",
    "không tính {}", "chuyển {} sang Phòng Hai", "hoàn tác", "duyệt tất cả", "/choduyet", "xong {}",
)  # fmt: skip
SCRAPS = [
    "xong",
    "1",
    "2",
    "#A1",
    "chưa",
    "?",
    "%",
    "_",
    "'",
    "\x00",
    "👍",
    "\u202e",
    "a" * 300,
    "lùi",
    "đến",
    "31/2",
    "\n",
    ";",
    ",",
    "/",
    "@",
    "ABCD2345",
]
MEMBERSHIPS = ("member", "administrator", "left", "kicked", "restricted")


def text(dice: random.Random, *, decides: bool = False) -> str:
    """Something somebody may type: a report, an order, a phrase of the corpus, or scraps; the office decides more."""
    if decides and dice.random() < 0.5:
        return dice.choice(RULES).replace("{}", dice.choice(CODES))
    match dice.randrange(5):
        case 0:
            return dice.choice(PHRASES)
        case 1:
            return dice.choice(ORDERS)
        case 2:
            return " ".join(dice.choices(SCRAPS, k=dice.randrange(0, 7)))
        case _:
            codes = " ".join(dice.choices(CODES, k=dice.choice((1, 1, 1, 2))))
            return dice.choice(ACTS).replace("{}", codes)


class TelegramShapes:
    """Updates as Telegram hands them over, most of them well formed."""

    def __init__(self, dice: random.Random, bot: int, chats: list[int]) -> None:
        self._dice, self._bot, self._chats = dice, bot, chats
        self._update = self._message = 1000
        self.buttons: list[tuple[int, int, str]] = []  # chat, message and data of buttons that were sent

    def update(self) -> Shape:
        self._update += 1
        kinds = (
            self._wrote,
            self._wrote,
            self._wrote,
            self._edited,
            self._pressed,
            self._pressed,
            self._membership,
            self._other,
            self._broken,
        )
        return {"update_id": self._update, **self._dice.choice(kinds)()}

    def _person(self) -> Shape:
        return {"id": self._dice.randrange(5, 9), "is_bot": self._dice.random() < 0.02, "first_name": "Lan"}

    def _chat(self) -> Shape:
        number = self._dice.choice(self._chats)
        kind = (
            "private" if number > 0 else self._dice.choice(("group", "supergroup", "supergroup", "channel"))
        )
        return (
            {"id": number, "type": kind, "title": "Phòng"}
            if number < 0
            else {"id": number, "type": kind, "first_name": "Lan"}
        )

    def _said(self) -> Shape:
        self._message += self._dice.choice((1, 1, 1, 0))
        words = text(self._dice)
        said: Shape = {
            "message_id": self._message,
            "date": 1647200000,
            "chat": self._chat(),
            "from": self._person(),
            "text": words,
        }
        match self._dice.randrange(12):
            case 0:
                said |= {
                    "caption": said.pop("text"),
                    "document": {
                        "file_id": "f",
                        "file_unique_id": "u",
                        "file_name": "minh-chung.png",
                        "file_size": 33,
                    },
                }
            case 1:
                said |= {
                    "caption": said.pop("text"),
                    "photo": [
                        {"file_id": "p", "file_unique_id": "v", "width": 2, "height": 2, "file_size": 33}
                    ],
                }
            case 2:
                said |= {"text": f"@nhacviec_bot {words}"}
            case 3:
                said |= {"text": f"/xong@nhacviec_bot {words}"}
            case 4:
                ours = {
                    "message_id": self._dice.randrange(1, 400),
                    "date": 1,
                    "chat": said["chat"],
                    "from": {"id": self._bot, "is_bot": True, "first_name": "Nhắc việc"},
                    "text": "x",
                }
                said |= {"reply_to_message": ours}
            case 5:
                said |= self._instead(said)
            case _:
                pass
        return said

    def _instead(self, said: Shape) -> Shape:
        """Something other than words."""
        said.pop("text")
        return self._dice.choice(
            (
                {"sticker": {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}},
                {"location": {"latitude": 12.2, "longitude": 109.1}}, {"contact": {"phone_number": "1", "first_name": "Lan"}},
                {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}}, {"new_chat_title": "Phòng mới"}, {"group_chat_created": True},
                {"new_chat_members": [{"id": self._bot, "is_bot": True, "first_name": "Nhắc việc"}]}, {"left_chat_member": self._person()},
                {"pinned_message": {"message_id": 1, "date": 0, "chat": said["chat"]}}, {"is_topic_message": True, "message_thread_id": 7, "text": "việc"},
                {"sender_chat": said["chat"], "text": "xong #A1", "author_signature": "Trưởng nhóm"}, {"dice": {"value": 3, "emoji": "🎲"}},
            )
        )  # fmt: skip

    def _wrote(self) -> Shape:
        return {"message": self._said()}

    def _edited(self) -> Shape:
        said = self._said() | {"edit_date": 1647200000 + self._update}
        return {
            "edited_message": said | {"message_id": max(1001, self._message - self._dice.randrange(0, 6))}
        }

    def _pressed(self) -> Shape:
        """A button of ours, the same in another chat, or one that nobody made."""
        chat, message, data = self._dice.choice(self.buttons) if self.buttons else (self._chats[0], 1, "none")
        match self._dice.randrange(5):
            case 0:
                data = self._dice.choice(
                    ("duyệt #A1", "x" * 12 + "duyệt #A1", "", "\x00", data[:12], data[::-1])
                )
            case 1:
                chat = self._dice.choice(self._chats)
            case _:
                pass
        where = {
            "id": chat,
            "type": "private" if chat > 0 else "supergroup",
            "first_name": "Lan",
            "title": "Phòng",
        }
        under: Shape = {"message_id": message, "date": self._dice.choice((0, 1647200000)), "chat": where}
        return {
            "callback_query": {
                "id": str(self._update),
                "from": self._person(),
                "message": under,
                "chat_instance": "1",
                "data": data,
            }
        }

    def _membership(self) -> Shape:
        if self._dice.random() < 0.8:
            return self._wrote()
        who = {"id": self._bot, "is_bot": True, "first_name": "Nhắc việc"}
        status = self._dice.choice(MEMBERSHIPS)
        rights = {name: self._dice.random() < 0.7 for name in RIGHTS}
        extra = {"is_member": True, "until_date": 0} if status in ("restricted", "kicked") else {}
        new = {"user": who, "status": status, **rights, **extra}
        return {
            "my_chat_member": {
                "chat": self._chat(),
                "from": self._person(),
                "date": 1,
                "old_chat_member": {"user": who, "status": "member"},
                "new_chat_member": new,
            }
        }

    def _other(self) -> Shape:
        """What we never asked for."""
        said = self._said()
        return self._dice.choice(
            (
                {"channel_post": said}, {"edited_channel_post": said}, {"poll_answer": {"poll_id": "1", "option_ids": [0], "user": self._person()}},
                {"inline_query": {"id": "1", "from": self._person(), "query": "xong 1", "offset": ""}}, {"something_new": {"text": "xong #A1"}},
                {"message": {**said, "migrate_to_chat_id": -500 - self._dice.randrange(3)}} if self._dice.random() < 0.05 else {"message": said},
            )
        )  # fmt: skip

    def _broken(self) -> Shape:
        """A part of it is missing; seldom, for each is tried three times."""
        said = self._said()
        if self._dice.random() < 0.9:
            return {"message": said}
        said.pop(self._dice.choice(("message_id", "date", "chat", "from")))
        return {"message": said}


class ZaloShapes:
    """Events as Zalo hands them over: no edits, no buttons, no files, and pictures by their address."""

    def __init__(self, dice: random.Random, chats: list[str]) -> None:
        self._dice, self._chats = dice, chats
        self._message = 0

    def event(self) -> Shape:
        self._message += self._dice.choice((1, 1, 1, 1, 0))
        said = text(self._dice)
        chat, is_group = self._dice.choice(self._chats), self._dice.random() < 0.2
        message: Shape = {
            "message_id": f"z{self._message}",
            "date": 1647200000000,
            "chat": {"id": chat, "chat_type": "GROUP" if is_group else "PRIVATE"},
            "from": {
                "id": self._dice.choice(("u1", "u2")),
                "display_name": "Lan",
                "is_bot": self._dice.random() < 0.02,
            },
            "text": f"@Nhắc việc {said}" if is_group else said,
        }
        name = "message.text.received"
        match self._dice.randrange(10):
            case 0:
                name = "message.image.received"
                message |= {"photo_url": "https://elsewhere.example/a.jpg", "caption": message.pop("text")}
            case 1:
                name = self._dice.choice(
                    (
                        "message.sticker.received",
                        "message.unsupported.received",
                        "message.voice.received",
                        "something.new",
                    )
                )
            case 2:
                message.pop(self._dice.choice(("chat", "from", "text", "message_id", "date")))
            case _:
                pass
        return {"event_name": name, "message": message}


RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos", "can_send_video_notes",
    "can_send_voice_notes", "can_send_polls", "can_send_other_messages", "can_add_web_page_previews", "can_pin_messages", "can_manage_topics",
)  # fmt: skip
