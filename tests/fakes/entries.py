"""An obligation as it is spoken of in chat."""

from datetime import date

from duties.wording.entries import Entry

ENTRY = Entry(
    id=7,
    short_code="A12",
    code="1.1",
    content="Tuyên truyền về cải cách hành chính",
    unit="Phòng Tổ chức",
    due=date(2022, 3, 31),
    first_due=date(2022, 3, 31),
)
