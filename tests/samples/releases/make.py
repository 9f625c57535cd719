"""Make the sample of this release: a backup of a small office's first half-year, and what it adds up to.

`make release-sample` writes both into the folder of the version, and the tables as they were then (`tables.py`). It is made
before a version goes out; what belongs to one that went out is never touched again.
"""

import json
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine
from sqlmodel import select

from data.chain import chains_of, verify
from data.engine import migrate, open_engine, transaction
from data.files import FilesFolder
from data.keeping.backup import Making, backup
from data.keeping.restore import verify as checked
from data.tables import Agency, Answer, Chat, Decision, Evidence, Freeze, Obligation, Plan, StoredFile, Unit
from scheduler.planning import plan_agency
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS
from tests.fakes.keeping import busy_office, numbers
from tests.samples.releases.tables import keep_tables

RELEASES = Path(__file__).parent
BACKUP, TOTALS = "office.tar", "totals.json"
COUNTED = (Agency, Answer, Chat, Decision, Evidence, Freeze, Obligation, Plan, StoredFile, Unit)
REST_OF_THE_STORY = (
    ("2022-04-01 08:00", OFFICE, "nhắc quý trước 15, 5, 2 ngày"),
    ("2022-04-11 08:00", OFFICE, f"đổi tên {PRESS} thành Phòng Truyền thông"),
    ("2022-04-11 08:05", PLANS, "#A2 đang làm"),
    ("2022-05-04 09:00", OFFICE, "thông báo: họp giao ban 8 giờ"),
    ("2022-05-04 09:01", OFFICE, "gửi thông báo"),
    ("2022-06-09 15:00", PLANS, "xong #A2 12 tin, 3 bài"),
    ("2022-06-13 09:00", OFFICE, "trả lại #A2 thiếu số liệu, hạn 20/6"),
    ("2022-06-16 09:00", PLANS, "xong #A2 14 tin, 3 bài"),
    ("2022-06-16 10:00", OFFICE, "duyệt #A2"),
    ("2022-06-16 11:00", OFFICE, "chốt số liệu quý 2"),
)


@dataclass(frozen=True)
class Totals:
    """What has to be the same in every later release: rows by table, numbers by window, the heads of the trail."""

    rows: dict[str, int]
    windows: dict[str, dict[str, int]]
    heads: list[str]


def totals_of(engine: Engine) -> Totals:
    with transaction(engine) as session:
        rows = {kind.__name__: len(session.exec(select(kind)).all()) for kind in COUNTED}
        heads = [str(verify(session, chain).head) for chain in chains_of(session)]
    windows = {each.window.key: asdict(each.obligations) for each in numbers(engine)}
    return Totals(rows, windows, heads)


def make(folder: Path) -> Totals:
    """Let the story happen in a fresh database and keep it in that folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as aside:
        engine = open_engine(f"sqlite:///{aside}/office.db")
        migrate(engine)
        talk = busy_office(engine, Path(aside) / "files")
        for moment, who, words in REST_OF_THE_STORY:
            talk.now = hanoi(moment)
            plan_agency(engine, 1, talk.now, is_new_day=True)
            talk.say(who, words)
        made = totals_of(engine)
        (folder / BACKUP).unlink(missing_ok=True)
        backup(Making(engine, FilesFolder(Path(aside) / "files"), folder.name, talk.now), folder / BACKUP)
        engine.dispose()
    (folder / TOTALS).write_text(json.dumps(asdict(made), ensure_ascii=False, indent=1) + "\n", "utf-8")
    return made


if __name__ == "__main__":
    release = RELEASES / version("nhacviec")
    make(release)
    keep_tables(release, checked(release / BACKUP).schema)
