"""What proves it: a file goes where it belongs, or waits until that is known; nothing is lost, nothing crosses units."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine, inspect, text
from sqlmodel import col, select

from data.engine import transaction
from data.evidence import evidence_of
from data.files import FilesFolder
from data.people import Place, redeem
from data.tables import Answer, ChatRole, Evidence, Inbox, Letter, LetterState, StoredFile
from duties.progress import Said
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import due_on, duty

NOW = hanoi("2022-03-01 09:00")
PDF = b"%PDF-1.7 bao cao"
JPEG = b"\xff\xd8\xff\xe0 anh"
KEPT = "Đã lưu tệp minh chứng: “bao-cao.pdf”."


@pytest.fixture
def talk(engine: Engine, tmp_path: Path) -> Conversation:
    """The planning unit owes #A1 and #A2, the press unit #A3."""
    made = Conversation(engine, NOW, FilesFolder(tmp_path / "files", most_bytes=2**20))
    made.plan(
        duty("1.1", due_on(date(2022, 3, 15)), PLANS, row=1),
        duty("1.2", due_on(date(2022, 3, 31)), PLANS, row=2),
        duty("1.3", due_on(date(2022, 3, 31)), PRESS, row=3),
    )
    return made


def send(
    talk: Conversation, text: str = "", name: str = "bao-cao.pdf", file: bytes = PDF, who: str = PLANS
) -> str:
    return talk.reply(who, text, file_name=name, file=file)


def proof(talk: Conversation, code: str) -> list[str]:
    with transaction(talk.engine) as session:
        return [row.file_name for row in evidence_of(session, talk.owed(code).id)]


def is_done(talk: Conversation, code: str) -> bool:
    return talk.owed(code).obligation.done_at is not None


def demand(talk: Conversation, code: str = "1.1") -> None:
    talk.reply(OFFICE, f"bắt buộc minh chứng {code}")


# With words.


def test_done_with_a_file_is_done_and_proved(talk: Conversation) -> None:
    answer = send(talk, "xong #A1")
    assert answer.startswith("Đã ghi nhận: việc #A1")
    assert answer.endswith(KEPT)
    assert (is_done(talk, "A1"), proof(talk, "A1")) == (True, ["bao-cao.pdf"])


def test_a_file_is_kept_with_who_sent_it_and_when(talk: Conversation) -> None:
    send(talk, "xong #A1")
    with transaction(talk.engine) as session:
        row = session.exec(select(Evidence)).one()
        answer = session.exec(select(Answer)).one()
    assert (row.sender, row.at, row.answer_id) == (PLANS, NOW, answer.id)


def test_its_bytes_leave_the_inbox(talk: Conversation) -> None:
    send(talk, "xong #A1")
    with transaction(talk.engine) as session:
        assert session.exec(select(Inbox.file)).all() == [None]


def test_a_file_beside_a_note_or_an_obstacle_goes_with_it(talk: Conversation) -> None:
    send(talk, "#A1: 4 tin, 2 bài")
    send(talk, "#A2 vướng: chưa có kinh phí", "cong-van.pdf", PDF + b"2")
    assert (proof(talk, "A1"), proof(talk, "A2")) == (["bao-cao.pdf"], ["cong-van.pdf"])


def test_one_file_may_prove_two_things(talk: Conversation) -> None:
    send(talk, "xong #A1, #A2")
    assert (proof(talk, "A1"), proof(talk, "A2")) == (["bao-cao.pdf"], ["bao-cao.pdf"])


def test_a_file_after_it_was_done_is_added(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    assert KEPT in send(talk, "xong #A1")
    assert proof(talk, "A1") == ["bao-cao.pdf"]


def test_words_that_mean_nothing_go_along_with_the_file(talk: Conversation) -> None:
    talk.say(PLANS, "#A1")
    send(talk, "ảnh chụp buổi họp sáng nay")
    with transaction(talk.engine) as session:
        said = session.exec(select(Answer)).one()
    assert (said.kind, said.text) == (Said.NOTE, "ảnh chụp buổi họp sáng nay")


# Alone.


def test_a_file_alone_is_no_done(talk: Conversation) -> None:
    talk.say(PLANS, "#A1")
    [message] = talk.say(PLANS, file_name="bao-cao.pdf", file=PDF)
    assert "chưa tính là xong. Việc này đã xong chưa?" in message.text
    assert [choice.says for choice in message.choices] == ["xong #A1", "đang làm #A1", "hoàn tác"]
    assert (is_done(talk, "A1"), proof(talk, "A1")) == (False, ["bao-cao.pdf"])


def test_a_number_as_caption_says_where_it_belongs(talk: Conversation) -> None:
    talk.say(PLANS, "/viec")
    send(talk, "2")
    assert (proof(talk, "A1"), proof(talk, "A2")) == ([], ["bao-cao.pdf"])


def test_a_file_in_reply_to_a_letter_about_one_thing_belongs_to_it(talk: Conversation) -> None:
    talk.say(PLANS, "#A2")
    letter = talk.newest_letter(PLANS)
    talk.say(PLANS, "#A1")
    talk.say(PLANS, file_name="bao-cao.pdf", file=PDF, quoted=letter)
    assert proof(talk, "A2") == ["bao-cao.pdf"]


def test_a_file_of_a_unit_that_owes_one_thing_needs_no_question(talk: Conversation) -> None:
    send(talk, who=PRESS)
    assert proof(talk, "A3") == ["bao-cao.pdf"]


def test_otherwise_it_is_asked_and_the_file_is_held(talk: Conversation) -> None:
    [message] = talk.say(PLANS, file_name="bao-cao.pdf", file=PDF)
    assert "Đã giữ tệp “bao-cao.pdf”, sẽ lưu khi biết là của việc nào." in message.text
    assert [choice.says for choice in message.choices] == ["gửi minh chứng #A1", "gửi minh chứng #A2"]
    assert (proof(talk, "A1"), proof(talk, "A2")) == ([], [])


@pytest.mark.parametrize("words", ["2", "việc 2", "gửi minh chứng #A2", "#A2", "2."])
def test_a_bare_number_tells_where_it_belongs(talk: Conversation, words: str) -> None:
    send(talk)
    assert KEPT in talk.reply(PLANS, words)
    assert proof(talk, "A2") == ["bao-cao.pdf"]


def test_done_in_answer_to_the_question_takes_the_file_along(talk: Conversation) -> None:
    send(talk)
    talk.say(PLANS, "xong 2")
    assert (is_done(talk, "A2"), proof(talk, "A2")) == (True, ["bao-cao.pdf"])


def test_what_waits_is_placed_once(talk: Conversation) -> None:
    send(talk)
    talk.say(PLANS, "2")
    talk.say(PLANS, "xong #A1")
    assert (proof(talk, "A1"), proof(talk, "A2")) == ([], ["bao-cao.pdf"])


def test_two_files_that_wait_are_placed_together(talk: Conversation) -> None:
    send(talk)
    send(talk, "", "anh.jpg", JPEG)
    talk.say(PLANS, "1")
    assert proof(talk, "A1") == ["bao-cao.pdf", "anh.jpg"]


def test_a_file_with_words_of_its_own_leaves_the_waiting_one(talk: Conversation) -> None:
    send(talk)
    send(talk, "#A2 đang làm", "anh.jpg", JPEG)
    assert proof(talk, "A2") == ["anh.jpg"]


def test_looking_at_another_thing_places_nothing(talk: Conversation) -> None:
    send(talk)
    talk.say(PLANS, "chi tiết 2")
    assert proof(talk, "A2") == []


def test_a_number_that_is_not_on_the_list_loses_nothing(talk: Conversation) -> None:
    assert "chỉ có 2 việc" in send(talk, "xong 9") or "Chưa rõ số 9" in send(talk, "xong 9")
    talk.say(PLANS, "gửi minh chứng #A1")
    assert proof(talk, "A1") == ["bao-cao.pdf"]


def test_another_s_code_gets_no_file(talk: Conversation) -> None:
    assert "không thuộc đơn vị này" in send(talk, "xong #A3")
    assert proof(talk, "A3") == []


def test_a_stranger_s_file_is_not_kept(talk: Conversation) -> None:
    talk.say("người lạ", "", file_name="bao-cao.pdf", file=PDF)
    with transaction(talk.engine) as session:
        assert session.exec(select(StoredFile)).all() == []


# Albums.


def album(talk: Conversation, *captions: str) -> None:
    for n, caption in enumerate(captions, start=1):
        talk.say(PLANS, caption, file_name=f"anh-{n}.jpg", file=JPEG + bytes([n]), album="chuyen-1")


def replies(talk: Conversation) -> list[str]:
    return [message.text for key, message in talk.letters(PLANS) if key.startswith("reply")]


def test_one_caption_speaks_for_the_whole_album(talk: Conversation) -> None:
    album(talk, "xong #A1", "", "")
    assert proof(talk, "A1") == ["anh-1.jpg", "anh-2.jpg", "anh-3.jpg"]


def test_an_album_is_answered_once_with_all_its_files(talk: Conversation) -> None:
    album(talk, "xong #A1", "", "")
    [answer] = replies(talk)
    assert answer.endswith("Đã lưu 3 tệp minh chứng: “anh-1.jpg”, “anh-2.jpg”, “anh-3.jpg”.")


def test_an_album_without_words_is_asked_about_once(talk: Conversation) -> None:
    album(talk, "", "", "")
    [question] = replies(talk)
    assert question.endswith(
        "Đã giữ 3 tệp “anh-1.jpg”, “anh-2.jpg”, “anh-3.jpg”, sẽ lưu khi biết là của việc nào."
    )
    talk.say(PLANS, "2")
    assert len(proof(talk, "A2")) == 3


def test_a_caption_that_comes_last_takes_the_album_along(talk: Conversation) -> None:
    album(talk, "", "", "xong #A1")
    assert proof(talk, "A1") == ["anh-1.jpg", "anh-2.jpg", "anh-3.jpg"]


def test_taking_an_album_back_takes_all_of_it(talk: Conversation) -> None:
    album(talk, "xong #A1", "", "")
    talk.say(PLANS, "hoàn tác")
    assert (is_done(talk, "A1"), proof(talk, "A1")) == (False, [])


def test_a_changed_caption_keeps_the_whole_album(talk: Conversation) -> None:
    album(talk, "xong #A1", "", "")
    first = talk.first_heard()
    talk.say(PLANS, "xong #A2", edits=first, file_name="anh-1.jpg", file=JPEG + b"\x01", album="chuyen-1")
    assert (is_done(talk, "A1"), proof(talk, "A1")) == (False, [])
    assert (is_done(talk, "A2"), len(proof(talk, "A2"))) == (True, 3)


def test_a_sent_answer_to_an_album_is_shown_anew(talk: Conversation) -> None:
    album(talk, "xong #A1")
    with transaction(talk.engine) as session:
        for letter in session.exec(select(Letter)):
            letter.state = LetterState.SENT
    talk.say(PLANS, "", file_name="anh-2.jpg", file=JPEG + b"2", album="chuyen-1")
    with transaction(talk.engine) as session:
        newest = session.exec(select(Letter).order_by(col(Letter.id).desc())).first()
    assert newest is not None
    assert newest.edit_at == NOW


# Twice, unsafe, too big.


def test_the_same_file_twice_is_there_once(talk: Conversation) -> None:
    send(talk, "xong #A1")
    assert "đã có trong việc này, không lưu thêm lần nữa" in send(talk, "#A1", "ten-khac.pdf")
    assert proof(talk, "A1") == ["bao-cao.pdf"]


def test_an_unsafe_file_is_refused_and_the_words_are_heard(talk: Conversation) -> None:
    answer = send(talk, "xong #A1", "bao-cao.pdf", b"MZ\x90\0" + bytes(60))
    assert answer.startswith("Không nhận tệp “bao-cao.pdf” vì lý do an toàn")
    assert "Đã ghi nhận: việc #A1" in answer
    assert (is_done(talk, "A1"), proof(talk, "A1")) == (True, [])


@pytest.mark.parametrize(
    ("file", "why"), [(b"", "không có nội dung"), (PDF + bytes(2**20), "lớn hơn 1 MB"), (b"<svg>", "an toàn")]
)
def test_a_file_that_is_not_kept_alone_is_told_in_one_line(talk: Conversation, file: bytes, why: str) -> None:
    answer = send(talk, "", "anh.jpg", file)
    assert why in answer
    assert " / " not in answer


def test_an_archive_that_hides_a_program_is_refused(talk: Conversation) -> None:
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        archive.writestr("bao-cao.pdf.exe", b"MZ")
    assert "vì lý do an toàn" in send(talk, "xong #A1", "ho-so.zip", held.getvalue())


def test_a_leader_s_file_is_not_kept(talk: Conversation) -> None:
    code = talk.code(ChatRole.LEADER)
    with transaction(talk.engine) as session:
        redeem(session, code, Place("web", "", "Lãnh đạo"), "Lãnh đạo", NOW)
    assert "Chỉ đơn vị và Văn phòng" in send(talk, who="Lãnh đạo")


# Taking back.


def test_taking_back_what_was_said_takes_its_file_back(talk: Conversation) -> None:
    send(talk, "xong #A1")
    talk.say(PLANS, "hoàn tác")
    assert proof(talk, "A1") == []


def test_a_file_that_was_taken_back_can_be_sent_again(talk: Conversation) -> None:
    send(talk, "xong #A1")
    talk.say(PLANS, "hoàn tác")
    send(talk, "xong #A1")
    assert proof(talk, "A1") == ["bao-cao.pdf"]


def test_one_file_of_several_is_taken_away(talk: Conversation) -> None:
    send(talk, "#A1")
    send(talk, "#A1", "anh.jpg", JPEG)
    assert talk.reply(PLANS, "bỏ tệp 1 của #A1").startswith("Đã bỏ tệp “bao-cao.pdf” khỏi việc #A1")
    assert proof(talk, "A1") == ["anh.jpg"]


def test_which_file_is_asked_when_there_are_several(talk: Conversation) -> None:
    send(talk, "#A1")
    send(talk, "#A1", "anh.jpg", JPEG)
    assert "có 2 tệp; xin ghi số của tệp" in talk.reply(PLANS, "bỏ tệp của #A1")


def test_what_the_office_accepted_keeps_its_files(talk: Conversation) -> None:
    send(talk, "xong #A1")
    talk.say(OFFICE, "duyệt #A1")
    assert "chỉ Văn phòng bỏ được" in talk.reply(PLANS, "bỏ tệp 1 của #A1")
    talk.say(OFFICE, "bỏ tệp 1 của #A1")
    assert proof(talk, "A1") == []


# Looking.


def test_its_files_are_listed_and_handed_out(talk: Conversation) -> None:
    send(talk, "xong #A1 https://sotttt.example.vn/tin, công văn số 12/CV-STTTT")
    listed, sent = talk.say(PLANS, "minh chứng #A1")
    assert "1. bao-cao.pdf (1 KB; Phòng Kế hoạch - Tài chính, 09:00 01/03/2022)" in listed.text
    assert "https://sotttt.example.vn/tin" in listed.text
    assert sent.file is not None
    assert sent.file.name == "bao-cao.pdf"


def test_the_office_sees_any_and_a_unit_only_its_own(talk: Conversation) -> None:
    send(talk, "xong #A1")
    assert len(talk.say(OFFICE, "minh chứng #A1")) == 2
    assert "không thuộc đơn vị này" in talk.reply(PRESS, "minh chứng #A1")


def test_nothing_to_show_says_so(talk: Conversation) -> None:
    assert "Chưa có minh chứng nào." in talk.reply(PLANS, "minh chứng #A1")


def test_where_there_are_pages_a_link_is_given_for_sending(talk: Conversation) -> None:
    with talk.office() as small:
        small.agency.settings = {"web_url": "https://cchc.example"}
    answer = talk.reply(PLANS, "nộp #A1")
    assert "https://cchc.example/nop/" in answer
    assert "đến hết 08/03/2022" in answer


def test_without_pages_it_is_told_how_to_send_here(talk: Conversation) -> None:
    assert talk.reply(PLANS, "gửi minh chứng #A1") == (
        "Gửi tệp, ảnh vào đây kèm lời “minh chứng #A1”, hoặc trả lời tin này kèm tệp."
    )


# What the office demands.


def test_done_without_what_was_demanded_is_recorded_and_asked_for(talk: Conversation) -> None:
    demand(talk)
    [message] = talk.say(PLANS, "xong #A1")
    assert message.text.endswith(
        "Việc #A1 bắt buộc có minh chứng: xin gửi tệp, ảnh, liên kết hoặc số văn bản."
    )
    assert message.choices[0].says == "gửi minh chứng #A1"
    assert is_done(talk, "A1")


@pytest.mark.parametrize(
    "words", ["xong #A1 https://sotttt.example.vn/tin", "xong #A1, công văn số 12/CV-STTTT"]
)
def test_a_link_or_a_document_s_number_is_proof(talk: Conversation, words: str) -> None:
    demand(talk)
    assert "bắt buộc" not in talk.reply(PLANS, words)


def test_a_file_is_proof(talk: Conversation) -> None:
    demand(talk)
    assert "bắt buộc" not in send(talk, "xong #A1")


def test_the_office_sees_what_was_not_proved(talk: Conversation) -> None:
    demand(talk)
    talk.say(PLANS, "xong #A1")
    assert "chưa có minh chứng" in talk.reply(OFFICE, "chờ duyệt")
    send(talk, "#A1")
    assert "chưa có minh chứng" not in talk.reply(OFFICE, "chờ duyệt")


def test_only_the_office_demands(talk: Conversation) -> None:
    talk.say(PLANS, "bắt buộc minh chứng 1.1")
    assert not talk.owed("A1").duty.needs_evidence


def test_what_is_demanded_can_be_let_go(talk: Conversation) -> None:
    demand(talk)
    assert "không bắt buộc minh chứng nữa" in talk.reply(OFFICE, "không bắt buộc minh chứng 1.1")
    assert not talk.owed("A1").duty.needs_evidence


def test_a_demand_is_taken_back_by_undo(talk: Conversation) -> None:
    demand(talk)
    talk.say(OFFICE, "hoàn tác")
    assert not talk.owed("A1").duty.needs_evidence


def test_a_duty_that_is_not_there_is_told(talk: Conversation) -> None:
    assert "Không có nhiệm vụ nào mang số 9.9" in talk.reply(OFFICE, "bắt buộc minh chứng 9.9")


# What the plan expects.


@pytest.fixture
def expecting(engine: Engine, tmp_path: Path) -> Conversation:
    """#A1 is to bring forth a report, a list and two plans."""
    made = Conversation(engine, NOW, FilesFolder(tmp_path / "files"))
    papers = ("Báo cáo kết quả", "Danh sách đại biểu", "Kế hoạch tập huấn", "Kế hoạch kiểm tra")
    made.plan(replace(duty("1.1", due_on(date(2022, 3, 15)), PLANS), deliverables=papers))
    return made


@pytest.mark.parametrize(
    "words",
    [
        "#A1 đã nộp báo cáo, danh sách",
        "xong #A1, đã nộp báo cáo, danh sách",
        "A1 da gui bao cao va danh sach",
    ],
)
def test_papers_that_are_named_are_ticked_off(expecting: Conversation, words: str) -> None:
    assert expecting.reply(PLANS, words).endswith(
        "Sản phẩm đã nộp: Báo cáo kết quả, Danh sách đại biểu; còn: Kế hoạch tập huấn, Kế hoạch kiểm tra."
    )


def test_papers_alone_close_nothing(expecting: Conversation) -> None:
    expecting.say(PLANS, "#A1 đã nộp báo cáo, danh sách")
    assert not is_done(expecting, "A1")


@pytest.mark.parametrize("words", ["#A1 sẽ nộp báo cáo", "#A1 chưa nộp báo cáo", "#A1 đã nộp báo cáo chưa?"])
def test_papers_that_are_not_there_are_not_ticked_off(expecting: Conversation, words: str) -> None:
    expecting.say(PLANS, words)
    assert "sản phẩm" not in expecting.reply(PLANS, "chi tiết #A1")


def test_papers_are_ticked_off_by_number_and_taken_back(expecting: Conversation) -> None:
    expecting.say(PLANS, "đã nộp sản phẩm 1, 3 của #A1")
    assert "2/4 sản phẩm" in expecting.reply(PLANS, "#A1")
    expecting.say(PLANS, "chưa nộp sản phẩm 3 của #A1")
    assert "1/4 sản phẩm" in expecting.reply(PLANS, "#A1")


def test_what_is_undone_is_ticked_off_no_more(expecting: Conversation) -> None:
    expecting.say(PLANS, "đã nộp sản phẩm 1 của #A1")
    expecting.say(PLANS, "hoàn tác")
    assert "sản phẩm" not in expecting.reply(PLANS, "#A1")


def test_a_number_that_no_paper_has_is_told_with_those_there_are(expecting: Conversation) -> None:
    assert "4. Kế hoạch kiểm tra" in expecting.reply(PLANS, "đã nộp sản phẩm 9 của #A1")


# The office.


def test_the_office_files_for_a_unit_by_its_code(talk: Conversation) -> None:
    send(talk, "xong #A1", who=OFFICE)
    assert (is_done(talk, "A1"), proof(talk, "A1")) == (True, ["bao-cao.pdf"])


def test_a_file_of_the_office_without_a_code_is_a_plan(talk: Conversation) -> None:
    send(talk, "năm 2022", "ke-hoach.txt", "1. Tuyên truyền".encode(), who=OFFICE)
    with transaction(talk.engine) as session:
        assert session.exec(select(StoredFile)).all() == []


def test_a_file_answers_the_question_of_proof(talk: Conversation) -> None:
    for words in ("báo cáo #A1", "xong", "bỏ qua"):
        talk.say(PLANS, words)
    answer = send(talk)
    assert KEPT in answer
    assert "vướng" in answer
    assert proof(talk, "A1") == ["bao-cao.pdf"]


def test_what_waits_too_long_is_not_taken_for_granted(talk: Conversation) -> None:
    send(talk)
    talk.now += timedelta(hours=3)
    talk.say(PLANS, "xong #A1")
    assert proof(talk, "A1") == []


def test_what_waits_for_days_is_still_placed_when_it_is_named(talk: Conversation) -> None:
    send(talk)
    talk.now += timedelta(days=3)
    assert KEPT in talk.reply(PLANS, "gửi minh chứng #A1")


def test_a_plan_s_bytes_leave_the_inbox_too(talk: Conversation) -> None:
    plan = Path(__file__).parents[1] / "samples" / "khanh-hoa-stttt-2022.txt"
    talk.say(OFFICE, file_name=plan.name, file=plan.read_bytes())
    with transaction(talk.engine) as session:
        assert session.exec(select(Inbox.file)).all() == [None]


# --- a secret paper


def everything(engine: Engine) -> str:
    """All that every table holds, as one text."""
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        rows = [row for table in tables for row in connection.execute(text(f'SELECT * FROM "{table}"'))]
    return "\n".join(str(row) for row in rows)


STAMPED = "UBND TỈNH\nTỐI MẬT\nSố: 9/BC-Z77\nNội dung"


def test_evidence_that_is_stamped_is_refused(talk: Conversation) -> None:
    said = send(talk, "xong 1", name="bao-cao-z77.txt", file=STAMPED.encode())
    assert "đóng dấu mật" in said
    assert not is_done(talk, "A1")


def test_nothing_of_stamped_evidence_stays(talk: Conversation, tmp_path: Path) -> None:
    send(talk, "#A1 Z77", name="bao-cao-z77.txt", file=STAMPED.encode())
    assert "z77" not in everything(talk.engine).lower()
    assert not any(path.is_file() for path in (tmp_path / "files").rglob("*"))


def test_a_stamped_paper_that_is_pasted_is_wiped(talk: Conversation) -> None:
    assert "đóng dấu mật" in talk.reply(PLANS, STAMPED)
    assert "z77" not in everything(talk.engine).lower()


def test_a_word_of_secrets_alone_is_no_paper(talk: Conversation) -> None:
    assert "đóng dấu mật" not in talk.reply(PLANS, "MẬT")


def test_a_photo_or_a_damaged_file_is_kept_as_before(talk: Conversation) -> None:
    send(talk, "#A1", name="anh.jpg", file=JPEG)
    assert proof(talk, "A1") == ["anh.jpg"]
