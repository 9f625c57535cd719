"""What will be sent in the coming days, in words."""

from datetime import date

from duties.wording.outlook import WillBeSent, preview

DAY = date(2022, 6, 16)
LETTER = WillBeSent(DAY, "Phòng A", ("1.1 #A1", "2.3 #A7"))


def test_each_day_says_who_is_told_of_what() -> None:
    assert "Thứ Năm 16/06/2022\nPhòng A (2 việc): 1.1 #A1, 2.3 #A7" in preview([LETTER], 14).text


def test_a_long_letter_is_cut_and_counted() -> None:
    long = WillBeSent(DAY, "Phòng A", tuple(f"1.{n} #A{n}" for n in range(1, 11)))
    assert preview([long], 14).text.endswith("1.6 #A6 và 4 việc khác")


def test_what_cannot_be_delivered_is_marked() -> None:
    mute = WillBeSent(DAY, "Phòng B", ("1.2 #A2",), reachable=False)
    said = preview([LETTER, mute], 14).text
    assert "⚠ chưa có kênh nhận tin: Phòng B (1 việc)" in said
    assert said.endswith(
        "1 nơi chưa có kênh nhận tin nên việc cần nhắc gửi về Văn phòng; gõ /moi để lấy mã mời."
    )


def test_a_leader_who_has_no_chat_is_invited_by_another_word() -> None:
    mute = WillBeSent(DAY, "Lãnh đạo", ("1.2 #A2",), reachable=False)
    assert preview([mute], 14).text.endswith("gõ “mời lãnh đạo” để lấy mã mời.")


def test_a_summary_names_its_window() -> None:
    summary = WillBeSent(DAY, "Lãnh đạo", ("Quý I năm 2022",), is_summary=True)
    assert "Lãnh đạo: tổng hợp quý I năm 2022" in preview([summary], 14).text


def test_a_pause_says_until_when() -> None:
    assert (
        "Đang tạm dừng đến hết ngày 20/06/2022: chưa gửi gì."
        in preview([LETTER], 14, is_paused=True, paused_until="20/06/2022").text
    )


def test_nothing_to_send_is_said() -> None:
    assert preview([], 14).text == "Trong 14 ngày tới không có tin nhắc nào."
