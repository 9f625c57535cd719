"""Units that owe something and send files: where a file went, and what was said to it."""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from data.engine import transaction
from data.evidence import evidence_of
from data.files import FilesFolder
from tests.conftest import hanoi
from tests.fakes.conversation import PLANS, PRESS, Conversation
from tests.fakes.offices import due_on, duty

NOW = hanoi("2022-03-01 09:00")
PDF = b"%PDF-1.7 bao cao"
JPEG = b"\xff\xd8\xff\xe0 anh"
KEPT = "Đã lưu tệp minh chứng: “bao-cao.pdf”."


def owing(engine: Engine, folder: Path) -> Conversation:
    """The planning unit owes #A1 and #A2, the press unit #A3."""
    made = Conversation(engine, NOW, FilesFolder(folder / "files", most_bytes=2**20))
    made.plan(
        duty("1.1", due_on(date(2022, 3, 15)), PLANS, row=1),
        duty("1.2", due_on(date(2022, 3, 31)), PLANS, row=2),
        duty("1.3", due_on(date(2022, 3, 31)), PRESS, row=3),
    )
    return made


def send(
    talk: Conversation, text: str = "", name: str = "bao-cao.pdf", file: bytes = PDF, who: str = PLANS
) -> str:
    """What is answered to a file with these words."""
    return talk.reply(who, text, file_name=name, file=file)


def proof(talk: Conversation, code: str) -> list[str]:
    """The names of the files that prove it."""
    with transaction(talk.engine) as session:
        return [row.file_name for row in evidence_of(session, talk.owed(code).id)]


def is_done(talk: Conversation, code: str) -> bool:
    return talk.owed(code).obligation.done_at is not None
