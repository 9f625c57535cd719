"""Whatever a message changes leaves an entry in the trail: every intent, said where it does change something."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from sqlmodel import Session, SQLModel, func, select

import documents
from bot.commands.link_chat import turn_of
from bot.conversation import answer
from data.engine import open_engine, transaction
from data.inbox import receive
from data.people import Place
from data.tables import Agency, Chat, ChatRole, Inbox, Trail
from duties import intents as say
from duties.intents import Intent
from duties.rights import ACTIONS, may
from tests.conftest import hanoi
from tests.corpus.rights_page import OTHER, SAID, UNIT
from tests.fakes.conversation import OFFICE, Conversation

NOW = hanoi("2022-03-16 09:00")
PLAN = """Số: {number}/KH-STTTT

Khánh Hòa, ngày 25 tháng 02 năm 2022

KẾ HOẠCH
{title}

| TT | Nội dung | Sản phẩm | Đơn vị chủ trì | Thời hạn |
|---|---|---|---|---|
| 1.1 | Xây dựng chuyên mục cải cách hành chính | Chuyên mục | Phòng Kế hoạch - Tài chính | {by} |
| 1.2 | Tổ chức hội nghị quán triệt kế hoạch | Báo cáo | Phòng Thông tin - Báo chí | 31/1 |
| 1.3 | Trả lời kiến nghị | Văn bản | Phòng Thông tin - Báo chí | 05 ngày làm việc kể từ khi nhận được văn bản |
"""
FIRST = PLAN.format(number=485, title="Tuyên truyền cải cách hành chính năm 2022", by="30/6")
EDITION = PLAN.format(
    number=600,
    title="Điều chỉnh Kế hoạch số 485/KH-STTTT về tuyên truyền cải cách hành chính năm 2022",
    by="20/7",
)
FORM = Path(documents.__file__).parent / "forms" / "bao-cao.docx"
FILES = {
    "[tệp]": ("bao-cao.pdf", b"%PDF-1.7 bao cao"),
    "[điều chỉnh]": ("dieu-chinh.md", EDITION.encode()),
    "[khác]": ("ke-hoach-khac.md", (FIRST.replace("485", "12") + "| Tổng cộng | | 3 | | |\n").encode()),
    "[mẫu]": ("mau-bao-cao.docx", FORM.read_bytes()),
}
# what comes in and goes out and was asked last, and files written anew from what there is: nothing of it is a change
PASSING = {"trail", "inbox", "letter", "letter_subject", "dialogue", "stored_file"}
LOOKS = {
    *(say.ShowMine, say.ShowItem, say.MaybeDone, say.NotYet, say.Report, say.Skip, say.Stop, say.Pending),
    *(say.Preview, say.Units, say.AskAnnouncement, say.Plans, say.ShowDaysOff, say.ShowPolicy, say.ShowForm),
    *(say.ShowMilestones, say.ShowEvidence, say.ShowUnit, say.ShowUnitChanges, say.SummaryWanted),
    *(say.ShowSessions, say.Help, say.Chatter, say.Unclear),
}
DRAFT = (OFFICE, "sao chép kế hoạch 485 sang năm 2023")
RENAMED = (OFFICE, SAID[say.RenameFrom])
ASKED = (UNIT, SAID[say.AskExtension])
DONE = (UNIT, SAID[say.Done])
BEFORE: dict[type[Intent], tuple[tuple[str, str], ...]] = {
    say.Approve: (DONE,),
    say.SendBack: (DONE,),
    say.Refuse: (ASKED,),
    say.Undo: (DONE,),
    say.DropEvidence: ((UNIT, "xong #A1 [tệp]"),),
    say.Resume: ((OFFICE, SAID[say.Pause]),),
    say.SendAnnouncement: ((OFFICE, SAID[say.Announce]),),
    say.DropAnnouncement: ((OFFICE, SAID[say.Announce]),),
    say.ConfirmPlan: (DRAFT,),
    say.DropPlan: (DRAFT,),
    say.LeaveOut: (DRAFT,),
    say.MergeRows: (DRAFT,),
    say.PartRows: (DRAFT, (OFFICE, SAID[say.MergeRows])),
    say.TakeInRow: ((OFFICE, "[khác]"),),
    say.WithdrawEdition: ((OFFICE, "[điều chỉnh]"), (OFFICE, "xác nhận")),
    say.RestorePlan: ((OFFICE, "rút kế hoạch 485, xác nhận"),),
    say.ForgetEvent: ((OFFICE, "1.3 sự kiện ngày 12/3"),),
    say.ForgetDays: ((OFFICE, SAID[say.ChangeDays]),),
    say.ResetPolicy: ((OFFICE, SAID[say.SetPolicy]),),
    say.DropMilestone: ((OFFICE, SAID[say.SetMilestone]),),
    say.Reopen: ((OFFICE, SAID[say.Close]),),
    say.WithdrawCodes: ((OFFICE, SAID[say.Invite]),),
    say.ConfirmUnits: (RENAMED,),
    say.DropUnits: (RENAMED, (OFFICE, SAID[say.ConfirmUnits])),
    say.DropName: ((OFFICE, SAID[say.CallUnit]),),
    say.DropForm: ((OFFICE, "mẫu báo cáo [mẫu]"),),
    say.CorrectContent: (DRAFT,),
    say.AskAgain: (DRAFT, (OFFICE, "câu 1 đúng")),
}
SURE: dict[type[Intent], str] = {
    say.StopHere: "ngừng nhận tin ở đây, chắc chắn",
    say.WithdrawPlan: "rút kế hoạch 485, xác nhận",
    say.RecordEvent: "1.3 sự kiện ngày 12/3",
    say.ForgetEvent: "bỏ sự kiện 12/3 của 1.3",
    say.CloseUnit: f"giải thể {UNIT} từ 1/5, giao việc cho {OTHER}",
}


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Conversation]:
    """An office with a plan in force, one date of which has passed."""
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('noted') / 'office.db'}")
    SQLModel.metadata.create_all(engine)
    made = Conversation(engine, NOW)
    with transaction(engine) as session:
        agency = session.exec(select(Agency)).one()
        agency.settings = {**agency.settings, "web_url": "https://nhacviec.example.vn"}
    made.say(OFFICE, file_name="ke-hoach.md", file=FIRST.encode())
    assert "phần việc" in made.reply(OFFICE, "xác nhận")
    yield made
    engine.dispose()


def hear(session: Session, who: str, text: str) -> None:
    """One message with the file that it names, handled within this transaction."""
    mark = next((mark for mark in FILES if mark in text), "")
    name, content = FILES.get(mark, ("", None))
    number = receive(
        session,
        Place("web", "", who),
        f"{who}:{text}",
        NOW,
        text.replace(mark, "").strip(),
        sender=who,
        file_name=name,
        file=content,
    )
    chat = session.exec(select(Chat).where(Chat.address == who)).one()
    answer(turn_of(session, chat, session.get_one(Inbox, number), NOW))
    session.flush()


def kept(session: Session) -> list[tuple[Any, ...]]:
    """Every row of what a message can change."""
    tables = [table for name, table in SQLModel.metadata.tables.items() if name not in PASSING]
    return [(table.name, *row) for table in tables for row in session.execute(table.select())]


def entries(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Trail)).one()


def speaker(intent: type[Intent]) -> str:
    """The office where it may ask for it, else a unit."""
    decides = any(may(ChatRole.OFFICE.value, action) for action in ACTIONS[intent])
    return OFFICE if decides and intent not in (say.StopHere, say.Undo, say.DropEvidence) else UNIT


@pytest.mark.parametrize("intent", get_args(Intent), ids=lambda intent: intent.__name__)
def test_what_changes_something_is_noted(talk: Conversation, intent: type[Intent]) -> None:
    with transaction(talk.engine) as session:
        for who, text in BEFORE.get(intent, ()):
            hear(session, who, text)
        before, noted = kept(session), entries(session)
        hear(session, speaker(intent), SURE.get(intent, SAID[intent]))
        has_changed, is_noted = kept(session) != before, entries(session) > noted
        session.rollback()
    assert is_noted is (intent not in LOOKS)
    assert is_noted or not has_changed
