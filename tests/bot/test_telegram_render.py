"""A message as Telegram shows it: escaped, in parts that fit, buttons in rows."""

import unicodedata
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.plain import parts, shown, spelt_out, utf16_units
from bot.channels.telegram.render import LIMIT, ROOM, as_html, label, rows
from bot.channels.telegram.render import parts as telegram_parts
from duties.message import Choice, Line, Look, Message

LETTERS = "aă ễ\u0301\u0323👩\u200d🔬🇻🇳👍🏽đ.\n<&>\u0300 "
TEXTS = st.text(st.sampled_from(LETTERS) | st.characters(exclude_categories=["Cs"]), max_size=60)
LINES = st.builds(Line, TEXTS, st.sampled_from(Look))


def of(*lines: str | Line) -> Message:
    return Message(tuple(line if isinstance(line, Line) else Line(line) for line in lines))


def test_what_people_wrote_is_escaped() -> None:
    assert as_html(of("chi < 5 & > 3 <b>đậm</b>")) == "chi &lt; 5 &amp; &gt; 3 &lt;b&gt;đậm&lt;/b&gt;"


def test_a_heading_is_bold_with_air_above_it() -> None:
    message = of(Line("Kính gửi", Look.TITLE), Line("Sắp đến hạn", Look.TITLE))
    assert as_html(message) == "<b>Kính gửi</b>\n\n<b>Sắp đến hạn</b>"


def test_what_is_said_aside_is_slanted() -> None:
    assert as_html(of("Việc", Line("trả lời bằng số", Look.QUIET))) == "Việc\n<i>trả lời bằng số</i>"


@pytest.mark.parametrize(
    ("item", "is_shown"),
    [("1. Nộp báo cáo", "1. Nộp báo cáo"), ("✓ Phòng A", "✓ Phòng A"), ("Phòng A", "• Phòng A")],
)
def test_an_item_has_one_mark_before_it(item: str, is_shown: str) -> None:
    assert shown(of(Line(item, Look.ITEM))) == is_shown


def test_an_empty_line_has_no_empty_tag() -> None:
    assert as_html(of(Line("", Look.TITLE), "a")) == "\na"


def test_a_message_that_fits_is_one_part() -> None:
    message = Message((Line("ngắn"),), (Choice("Xong", "xong #A1"),))
    assert telegram_parts(message) == (message,)


def test_parts_are_cut_between_lines_and_the_last_has_the_buttons() -> None:
    message = Message(tuple(Line(f"dòng {n}") for n in range(6)), (Choice("Xong", "xong"),), (7,), asks=True)
    cut = parts(message, limit=15)
    assert [part.text for part in cut] == ["dòng 0\ndòng 1", "dòng 2\ndòng 3", "dòng 4\ndòng 5"]
    assert [(bool(part.choices), part.asks, part.listed) for part in cut] == [
        (False, False, (7,)),
        (False, False, (7,)),
        (True, True, (7,)),
    ]


def test_a_long_line_is_cut_at_a_word() -> None:
    assert [part.text for part in parts(of("một hai ba bốn"), limit=13)] == ["một hai", "ba bốn"]


def test_a_mark_stays_with_its_letter() -> None:
    word = "e\u0302\u0301" * 10
    assert all(len(part.text) % 3 == 0 for part in parts(of(word), limit=12))


@pytest.mark.parametrize("cluster", ["👩\u200d🔬", "👍🏽"])
def test_a_drawn_sign_is_not_taken_apart(cluster: str) -> None:
    cut = parts(of(cluster * 8), limit=14)
    assert all(part.text == cluster * part.text.count(cluster) for part in cut)


def test_letters_outside_the_plane_count_double() -> None:
    assert utf16_units("a𝒜đ") == 4


@given(st.lists(LINES, max_size=12), st.integers(20, 80))
def test_every_part_fits(lines: list[Line], limit: int) -> None:
    cut = parts(Message(tuple(lines)), limit)
    assert all(utf16_units(shown(part)) <= limit + 4 for part in cut)


@given(st.lists(LINES, max_size=12), st.integers(20, 80))
def test_no_letter_is_lost_between_parts(lines: list[Line], limit: int) -> None:
    message = Message(tuple(lines))
    together = "".join(line.text for part in parts(message, limit) for line in part.lines)
    assert "".join(together.split()) == "".join(message.text.split())


@given(st.lists(LINES, max_size=12))
def test_html_read_back_is_what_is_shown(lines: list[Line]) -> None:
    message = Message(tuple(lines))
    html = as_html(message)
    for tag in ("<b>", "</b>", "<i>", "</i>"):
        html = html.replace(tag, "")
    assert unescape(html) == shown(message)


@given(st.lists(LINES, max_size=12), st.integers(20, 80))
def test_no_part_begins_with_a_mark_that_was_another_s(lines: list[Line], limit: int) -> None:
    starts = [part.lines[0].text[:1] for part in parts(Message(tuple(lines)), limit)[1:]]
    own = {line.text[:1] for line in lines}
    assert all(not unicodedata.combining(start or "a") or start in own for start in starts)


def test_a_full_part_leaves_room_for_what_is_added_later() -> None:
    [part, *_] = telegram_parts(of(*["x" * 99] * 100))
    assert utf16_units(shown(part)) <= LIMIT - ROOM


def test_short_buttons_stand_side_by_side() -> None:
    three = [Choice(name, name) for name in ("Đã xong", "Đang làm", "Xem danh sách", "Xác nhận kế hoạch này")]
    assert [[each.label for each in row] for row in rows(three)] == [
        ["Đã xong", "Đang làm", "Xem danh sách"],
        ["Xác nhận kế hoạch này"],
    ]


def test_a_very_long_button_is_cut() -> None:
    assert len(label(Choice("x" * 99, "x"))) == 60


def test_choices_can_be_spelt_out() -> None:
    message = Message((Line("Việc nào?"),), (Choice("Trợ giúp", "/trogiup"),))
    assert shown(spelt_out(message)) == "Việc nào?\n• Trợ giúp: gõ “/trogiup”"
