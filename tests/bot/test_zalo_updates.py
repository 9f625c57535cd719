"""What Zalo tells us: bare or wrapped, with or without a mention, and what is none of ours."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zalo_bot import Update

from bot.channels.reception import storable
from bot.channels.zalo.updates import Sent, Spoke, Unseen, read_update, unwrapped, update_id, without_mention

NAMES = ("Bot Nhắc Việc", "bot.7f3a")
LAN_ID = "9e8d7c6b5a4938271605"
LAN = {"id": LAN_ID, "display_name": "Lan", "is_bot": False}
ALONE = {"id": LAN_ID, "chat_type": "PRIVATE"}
GROUP = {"id": "zgr-00aa11bb22cc33dd44ee", "chat_type": "GROUP"}


def event(name: str = "message.text.received", **message: object) -> dict[str, object]:
    return {
        "event_name": name,
        "message": {"message_id": "a1", "date": 1795312799001, "from": LAN, "chat": ALONE, **message},
    }


FIXTURES = [
    event(text="xong 2"),
    event(text="@Bot Nhắc Việc xong 2", chat=GROUP),
    event("message.image.received", photo_url="https://photo.zdn.vn/x.jpg", caption="xong #A12"),
    event("message.sticker.received", sticker="7f", url="https://s.zdn.vn/7f"),
    event("message.voice.received", voice_url="https://v.zdn.vn/x.aac"),
    event("message.unsupported.received"),
]


@pytest.mark.parametrize("fixture", FIXTURES)
def test_another_reader_of_the_same_pages_reads_our_fixtures(fixture: dict[str, object]) -> None:
    read = Update.de_json(deepcopy(fixture))
    assert read is not None
    assert read.message is not None
    assert read.message.message_id == "a1"


def test_what_no_database_takes_is_left_out_of_what_is_kept() -> None:
    kept = storable(event(text="xong\x00 2 \ud83d 👍", photo=["\udc4d"]))
    assert kept == event(text="xong 2 \ufffd 👍", photo=["\ufffd"])


def test_a_wrapped_update_is_the_same_as_a_bare_one() -> None:
    bare = event(text="xong 2")
    assert unwrapped({"ok": True, "result": bare}) == unwrapped(bare) == bare


def test_words_are_heard_with_who_wrote_them() -> None:
    spoke = read_update(event(text="xong 2"), NAMES)
    assert spoke == Spoke(LAN_ID, False, "Lan", LAN_ID, "a1", "xong 2")


def test_a_picture_is_known_by_either_name_of_its_address() -> None:
    for name in ("photo_url", "photo"):
        spoke = read_update(event("message.image.received", **{name: "https://p.zdn.vn/x"}), NAMES)
        assert isinstance(spoke, Spoke)
        assert spoke.picture_url == "https://p.zdn.vn/x"


@pytest.mark.parametrize("said", [
    "@Bot Nhắc Việc xong 2",
    "xong @BotNhắcViệc 2",
    "xong 2 @bot nhắc việc",
    "@Bot Nha\u0306\u0301c Vie\u0323\u0302c xong 2",
    "@bot.7f3a xong 2",
])  # fmt: skip
def test_the_mention_is_taken_out_wherever_it_stands(said: str) -> None:
    assert without_mention(said, NAMES) == "xong 2"


@pytest.mark.parametrize("said", ["@Bot Nhắc Việcxong", "gửi bot nhắc việc", "a@bot.7f3ab"])
def test_other_names_stay_in_what_is_said(said: str) -> None:
    assert without_mention(said, NAMES) == said


@pytest.mark.parametrize(("name", "sent"), [(kind.value, kind) for kind in Sent])
def test_what_does_not_come_is_told_by_its_kind(name: str, sent: Sent) -> None:
    assert read_update(event(name), NAMES) == Unseen(LAN_ID, False, "a1", sent)


@pytest.mark.parametrize("nothing", [
    {},
    {"event_name": "message.text.received"},
    {"event_name": "group.renamed", "message": {"chat": GROUP}},
    event(text="x") | {"message": {"from": {**LAN, "is_bot": True}, "chat": ALONE, "text": "x"}},
    event(text="x", chat={}),
    event(text="x", chat=[]),
])  # fmt: skip
def test_what_is_none_of_ours_is_passed_over(nothing: dict[str, object]) -> None:
    assert read_update(nothing, NAMES) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
)
KEYS = st.sampled_from(["message_id", "date", "from", "chat", "text", "caption", "photo_url", "photo"])


@given(
    st.sampled_from([*[kind.value for kind in Sent], "message.text.received", "x"]),
    st.dictionaries(KEYS, JSON),
)
def test_no_shape_breaks_the_reader(name: str, message: dict[str, object]) -> None:
    body = {"event_name": name, "message": message}
    assert update_id(body)
    read_update(body, NAMES)
