"""A message as Zalo shows it: one spelling, numbers or words instead of buttons, parts that fit."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.plain import utf16_units
from bot.channels.zalo.render import LIMIT, as_text, for_group, parts
from duties.message import Choice, Line, Look, Message

YES, NO = Choice("Đồng ý", "duyệt #A1"), Choice("Từ chối", "từ chối #A1")
LETTERS = "aă ễ\u0301\u0323👩\u200d🔬🇻🇳đ.\n<&>*_\u0300 "
LINES = st.builds(Line, st.text(st.sampled_from(LETTERS), max_size=900), st.sampled_from(Look))


def said(message: Message) -> str:
    [part] = parts(message)
    return as_text(part)


def test_choices_are_numbered() -> None:
    words = said(Message((Line("Lùi hạn?"),), (YES, NO)))
    assert words == "Lùi hạn?\n1. Đồng ý\n2. Từ chối\nTrả lời bằng số."


def test_beside_a_list_choices_are_words() -> None:
    assert said(Message((Line("1. Kế hoạch"),), (YES,), listed=(7,))).endswith("Đồng ý: gõ “duyệt #A1”")


def test_where_an_amount_is_asked_for_choices_are_words() -> None:
    words = said(Message((Line("Có bao nhiêu tin?"),), (Choice("Bỏ qua", "bỏ qua"),), asks=True))
    assert words.endswith("Bỏ qua: gõ “bỏ qua”")


def test_a_list_that_tells_how_to_answer_needs_no_more() -> None:
    list_of_one = Message((Line("1. Kế hoạch"), Line("Trả lời, ví dụ: “xong 1”.")), (YES,), listed=(7,))
    assert said(list_of_one).endswith("“xong 1”.")


def test_a_group_is_told_how_to_be_heard_only_when_it_is_asked() -> None:
    told, asked = Message((Line("Đã ghi nhận."),)), Message((Line("Việc nào?"),), asks=True)
    assert ["gắn thẻ bot" in for_group(each).text for each in (told, asked)] == [False, True]


def test_what_the_words_tell_how_to_type_gets_no_number() -> None:
    told = Message((Line("Đã ghi nhận. Gõ “hoàn tác” nếu nhầm."),), (Choice("Hoàn tác", "hoàn tác"), YES))
    assert said(told).splitlines()[1:] == ["1. Đồng ý", "Trả lời bằng số."]


def test_the_last_of_several_parts_keeps_what_its_numbers_mean() -> None:
    long = Message(tuple(Line("Đề nghị gửi số liệu. " * 9) for _ in range(30)), (YES, NO))
    assert [part.choices for part in parts(long)] == [(), (), (), (YES, NO)]


@pytest.mark.parametrize("message", [
    Message((Line("Lùi hạn?"),), (YES, NO)),
    Message((Line("1. Kế hoạch"),), (YES,), listed=(7,)),
    Message((Line("Có bao nhiêu tin?"),), (NO,), asks=True),
    Message((Line("Đã ghi nhận."),)),
])  # fmt: skip
def test_a_part_that_waited_its_turn_is_not_told_its_choices_again(message: Message) -> None:
    [part] = parts(message)
    assert parts(part) == (part,)


def test_markup_in_a_title_stays_as_it_is() -> None:
    assert said(Message((Line("<b>Kế hoạch</b> *5*"),))) == "<b>Kế hoạch</b> *5*"


@given(st.lists(LINES, min_size=1, max_size=9), st.lists(st.just(YES), max_size=3))
def test_every_part_fits_and_is_of_one_spelling(lines: list[Line], choices: list[Choice]) -> None:
    for part in parts(Message(tuple(lines), tuple(choices))):
        words = as_text(part)
        assert utf16_units(words) <= LIMIT
        assert words == unicodedata.normalize("NFC", words)
