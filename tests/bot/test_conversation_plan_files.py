"""Body and appendix as one plan; a secret paper of which nothing stays."""

import io

import docx
import pytest
from sqlalchemy import Engine, inspect, text
from sqlmodel import col, select

from data.engine import transaction
from data.tables import Duty, Plan, PlanFile
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, Conversation

BODY = """Số: 12/KH-STTTT

Khánh Hòa, ngày 25 tháng 02 năm 2022

KẾ HOẠCH
Tuyên truyền cải cách hành chính năm 2022

III. TỔ CHỨC THỰC HIỆN

1. Các phòng, đơn vị báo cáo kết quả về Văn phòng Sở trước ngày 10/12/2022.

Nơi nhận:
"""
ANNEX = """PHỤ LỤC

| TT | Nội dung | Đơn vị chủ trì | Thời hạn |
|---|---|---|---|
| 1 | Xây dựng chuyên mục | Phòng Kế hoạch - Tài chính | 30/6 |
| 2 | Tổ chức hội nghị | Phòng Thông tin - Báo chí | Quý II |
"""
WITH_YEAR = ANNEX.replace("PHỤ LỤC", "PHỤ LỤC\n\nNHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2022")
IS_ANNEX = "phụ lục của kế hoạch này"


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    return Conversation(engine, hanoi("2022-03-14 09:00"))


def send(talk: Conversation, content: str, name: str, said: str = "") -> str:
    return " / ".join(m.text for m in talk.say(OFFICE, said, file_name=name, file=content.encode()))


def duties(talk: Conversation) -> list[str]:
    with transaction(talk.engine) as session:
        return [duty.content for duty in session.exec(select(Duty).order_by(col(Duty.position)))]


def plans(talk: Conversation) -> list[Plan]:
    with transaction(talk.engine) as session:
        return list(session.exec(select(Plan)))


def files(talk: Conversation) -> list[str]:
    with transaction(talk.engine) as session:
        return [row.source_name for row in session.exec(select(PlanFile))]


def test_an_appendix_sent_with_these_words_joins_the_draft(talk: Conversation) -> None:
    send(talk, BODY, "ke-hoach.txt")
    read = send(talk, ANNEX, "phu-luc.md", IS_ANNEX)
    assert "Đã ghép “phu-luc.md”; kế hoạch nay gồm 2 tệp" in read
    assert len(duties(talk)) == 3


def test_a_second_file_is_asked_about_and_joined_on_a_word(talk: Conversation) -> None:
    send(talk, BODY, "ke-hoach.txt")
    assert f"phụ lục của kế hoạch đó thì gõ “{IS_ANNEX}”" in send(talk, WITH_YEAR, "phu-luc.md")
    talk.say(OFFICE, IS_ANNEX)
    assert (len(plans(talk)), len(duties(talk)), files(talk)) == (1, 3, ["phu-luc.md"])


def test_an_appendix_that_names_no_year_is_told_how_to_join(talk: Conversation) -> None:
    send(talk, BODY, "ke-hoach.txt")
    assert f"gửi lại tệp kèm lời “{IS_ANNEX}”" in send(talk, ANNEX, "phu-luc.md")


def test_a_wrong_appendix_is_taken_out_again(talk: Conversation) -> None:
    send(talk, BODY, "ke-hoach.txt")
    send(talk, ANNEX, "phu-luc.md", IS_ANNEX)
    talk.say(OFFICE, "tách phụ lục")
    assert (len(duties(talk)), files(talk)) == (1, [])


def test_an_appendix_sent_again_is_recognised(talk: Conversation) -> None:
    send(talk, BODY, "ke-hoach.txt")
    send(talk, WITH_YEAR, "phu-luc.md", IS_ANNEX)
    assert "đã gửi trước đó" in send(talk, WITH_YEAR, "phu-luc.md")


def test_another_year_is_read_from_every_file(talk: Conversation) -> None:
    send(talk, BODY, "ke-hoach.txt")
    send(talk, ANNEX, "phu-luc.md", IS_ANNEX)
    talk.say(OFFICE, "năm 2023")
    assert (len(duties(talk)), files(talk)) == (3, ["phu-luc.md"])


def test_a_draft_of_two_files_is_thrown_away_whole(talk: Conversation) -> None:
    send(talk, BODY, "ke-hoach.txt")
    send(talk, ANNEX, "phu-luc.md", IS_ANNEX)
    talk.say(OFFICE, "hủy kế hoạch")
    assert (plans(talk), files(talk)) == ([], [])


def test_without_a_draft_there_is_nothing_to_join(talk: Conversation) -> None:
    [answer] = talk.say(OFFICE, IS_ANNEX)
    assert "xin gửi tệp kế hoạch trước" in answer.text


def test_a_unit_joins_nothing(talk: Conversation) -> None:
    send(talk, BODY, "ke-hoach.txt")
    send(talk, WITH_YEAR, "phu-luc.md")
    talk.say(PLANS, IS_ANNEX)
    assert len(plans(talk)) == 2


# --- a secret paper


def secret(stamp: str) -> bytes:
    paper = docx.Document()
    for line in ("UBND TỈNH KHÁNH HÒA", stamp, *BODY.splitlines()):
        paper.add_paragraph(line)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def everything(engine: Engine) -> str:
    """All that every table holds, as one text."""
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        rows = [row for table in tables for row in connection.execute(text(f'SELECT * FROM "{table}"'))]
    return "\n".join(value.hex() if isinstance(value, bytes) else str(value) for row in rows for value in row)


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "M Ậ T"])
def test_nothing_of_a_secret_paper_stays(talk: Conversation, stamp: str) -> None:
    paper = secret(stamp)
    [answer] = talk.say(OFFICE, "kế hoạch Z-77 năm 2022", file_name="phuong-an-z77.docx", file=paper)
    assert "đóng dấu mật" in answer.text
    kept = everything(talk.engine)
    assert [found for found in (paper.hex(), "z77", "Z-77", "12/KH-STTTT") if found in kept] == []


def test_a_plan_that_speaks_of_secrets_is_read(talk: Conversation) -> None:
    open_paper = BODY.replace("1. Các phòng", "1. Bảo vệ bí mật nhà nước: các phòng")
    assert "Đọc được" in send(talk, open_paper, "ke-hoach.txt")
