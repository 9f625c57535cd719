"""Letters as an office speaks of them."""

import pytest

from duties.wording.letters import about_these, advice, sent_instead, told_as, topic, why_failed


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("slot:2022-03-14T08", "Tin nhắc đầu giờ sáng"),
        ("slot:2022-03-14T14", "Tin nhắc buổi chiều"),
        ("slot:2022-03-14T08:from:7", "Tin nhắc gửi thay (đầu giờ sáng)"),
        ("notice:decision:4", "Báo đơn vị quyết định của Văn phòng"),
        ("notice:announce:9", "Thông báo chung của Văn phòng"),
        ("notice:something-new:1", "Thông báo"),
        ("digest:2022-Q1:last", "Tổng hợp định kỳ"),
        ("reply:12:1", "Trả lời người nhắn"),
    ],
)
def test_a_letter_s_key_says_what_it_is_for(key: str, said: str) -> None:
    assert topic(key) == said


@pytest.mark.parametrize(
    ("rung", "said"),
    [
        ("before:5", "nhắc trước hạn 5 ngày làm việc"),
        ("due", "nhắc ngày đến hạn"),
        ("due:14h", "nhắc lần cuối trong ngày đến hạn"),
        ("after:3", "nhắc quá hạn 3 ngày làm việc"),
        ("monday:2022-04-11", "nhắc quá hạn đầu tuần"),
        ("office:3", "báo Văn phòng quá hạn 3 ngày làm việc"),
        ("leader:10", "báo lãnh đạo quá hạn 10 ngày làm việc"),
        ("left", "thôi nhắc đơn vị, giao Văn phòng xử lý"),
        ("request:8", "nhắc Văn phòng đề nghị của đơn vị còn chờ"),
        ("ask:2022-Q1", "hỏi kết quả quý I năm 2022"),
        ("milestone:2022-05-10", "hỏi tiến độ theo mốc 10/05/2022"),
        ("", ""),
    ],
)
def test_a_rung_says_why_it_was_told_then(rung: str, said: str) -> None:
    assert told_as(rung) == said


def test_where_it_went_instead_is_named_once() -> None:
    assert sent_instead(["Văn phòng", "Văn phòng"]) == "Nội dung này đã gửi lại đến “Văn phòng”."


def test_a_platform_s_own_english_is_said_to_be_its_own() -> None:
    assert (
        why_failed("message is too long", "Telegram")
        == "Telegram không nhận tin này và báo “message is too long”"
    )
    assert why_failed("bot đã bị chặn", "Telegram") == "bot đã bị chặn"


def test_of_many_things_the_first_are_named() -> None:
    assert about_these([f"1.{n} #A{n}" for n in range(1, 9)]).endswith("1.6 #A6 và 2 việc khác")


@pytest.mark.parametrize(
    ("unknown", "reminder", "gone", "other", "again", "said"),
    [
        (False, True, True, False, True, "đề nghị liên hệ và mời lại"),
        (False, True, True, True, True, "tin sau đi qua nơi khác của đơn vị"),
        (False, True, False, True, False, "không cần làm gì"),
        (True, False, False, True, False, "đề nghị hỏi lại đơn vị"),
        (False, False, False, True, False, "đề nghị báo trực tiếp cho đơn vị"),
    ],
)
def test_the_office_hears_what_to_do_about_a_letter_that_did_not_arrive(
    unknown: bool, reminder: bool, gone: bool, other: bool, again: bool, said: str
) -> None:
    words = advice(is_unknown=unknown, is_reminder=reminder, is_gone=gone, has_other=other, is_told=again)
    assert said in words
