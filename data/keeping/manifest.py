"""What a backup says of itself."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from data.keeping.archive import Member
from data.keeping.errors import Damaged
from data.keeping.sealing import MARK

FORMAT = 1
NAME = "manifest.json"
MOST_BYTES = 256 * 2**20
TABLE = re.compile(r"tables/([a-z_]+)/\d{6}\.jsonl\.gz")
FILE = re.compile(r"files/([0-9a-f]{64})")
ABOUT = (
    "Bản sao lưu của Nhắc việc CCHC. Khôi phục: nhacviec restore TỆP\n"
    "tables/<bảng>/*.jsonl.gz: mỗi dòng một bản ghi; files/<SHA-256>: tệp minh chứng; manifest.json: mục lục.\n"
)


@dataclass(frozen=True)
class Table:
    """`next_id`: the number that the next row would have got."""

    rows: int
    next_id: int


@dataclass(frozen=True)
class Manifest:
    """`lost`: files that the database knows and the folder did not have, or had damaged.

    `heads`: the newest entry of each chain of the trail, by which a later cut is noticed.
    """

    format: int
    product: str
    schema: str
    engine: str
    made_at: datetime
    tables: dict[str, Table]
    members: list[Member]
    lost: list[str]
    heads: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    @property
    def files(self) -> int:
        return sum(1 for member in self.members if FILE.fullmatch(member.name))


_MANIFEST = TypeAdapter(Manifest)


def written(manifest: Manifest) -> bytes:
    return _MANIFEST.dump_json(manifest, indent=1)


def read_manifest(content: bytes) -> Manifest:
    try:
        return _MANIFEST.validate_json(content)
    except ValidationError:
        raise Damaged from None


def is_known(name: str) -> bool:
    return name in (MARK, NAME) or bool(TABLE.fullmatch(name) or FILE.fullmatch(name))
