"""What may be wanted with a window's numbers: its documents, to close it, and how its report is headed and signed."""

from dataclasses import dataclass
from enum import StrEnum


class Document(StrEnum):
    """What a window's numbers can be written as."""

    WORD = "word"
    EXCEL = "excel"
    PICTURE = "picture"
    EVIDENCE = "evidence"


@dataclass(frozen=True)
class DocumentWanted:
    """“Word quý 2 Phòng CNTT”; without words, of what this chat was last shown."""

    document: Document
    words: str = ""


@dataclass(frozen=True)
class Close:
    """“Chốt số liệu quý 2”: from now on its numbers do not move."""

    words: str = ""


@dataclass(frozen=True)
class Reopen:
    """“Bỏ chốt quý 2”."""

    words: str = ""


class FormField(StrEnum):
    """What an office enters about its reports."""

    AGENCY = "agency"
    SUPERIOR = "superior"
    PLACE = "place"
    CODE = "code"
    ADDRESSED_TO = "addressed_to"
    RECIPIENTS = "recipients"
    SIGNER = "signer"
    THRESHOLDS = "thresholds"


@dataclass(frozen=True)
class ShowForm:
    """“/mau”: how the report is headed and signed."""


@dataclass(frozen=True)
class SetForm:
    """“Người ký: TL. GIÁM ĐỐC / CHÁNH VĂN PHÒNG / Nguyễn Văn A”; no words make it blank again."""

    field: FormField
    words: str = ""


@dataclass(frozen=True)
class DropForm:
    """“Bỏ mẫu”: the office's own Word form is no longer used."""


SummaryIntent = DocumentWanted | Close | Reopen | ShowForm | SetForm | DropForm
