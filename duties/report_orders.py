"""Orders about a window's report: its documents, closing its numbers, and the lines that head and sign it."""

import re

from duties.intents import (
    Close,
    Document,
    DocumentWanted,
    DropForm,
    FormField,
    Intent,
    Reopen,
    SetForm,
    ShowForm,
)
from duties.mentions import Typed

DOCUMENTS = {
    Document.WORD: r"word|docx|bao cao word",
    Document.EXCEL: r"excel|xlsx|bang tinh|exel",
    Document.PICTURE: r"bieu do|hinh anh|hinh ve|png|bieudo",
    Document.EVIDENCE: r"bo minh chung|goi minh chung|minh chung|tai lieu kiem chung|minhchung",
}
FIELDS = {
    FormField.AGENCY: r"ten co quan|co quan ban hanh",
    FormField.SUPERIOR: r"co quan chu quan|co quan cap tren",
    FormField.PLACE: r"dia danh|noi ban hanh",
    FormField.CODE: r"ky hieu|chu viet tat",
    FormField.ADDRESSED_TO: r"kinh gui",
    FormField.RECIPIENTS: r"noi nhan",
    FormField.SIGNER: r"nguoi ky|chu ky",
    FormField.THRESHOLDS: r"nguong(?: diem| cai cach)?",
}
# Said without “mẫu” these are words of everyday letters; only what nobody else writes needs no more.
PLAINLY = {FormField.SIGNER, FormField.RECIPIENTS, FormField.THRESHOLDS}
BLANK = re.compile(r"(?:de trong|bo trong|xoa|bo|khong co)[ .!]*")
OF = r"(?: ?(?:(?:so lieu|ket qua|bao cao|tong hop|cua|cho|ky) ?)*(?P<w>.*?))"
END = r"[ .!?]*"
# “Minh chứng 3” is about one duty, “minh chứng quý 2” about a window.
A_WINDOW = (
    r"(?= ?(?:cua |cho |ky )*(?:quy|thang|nam|ca nam|(?:6|sau|9|chin|12) thang|tu |het |phong|ban|trung tam|van phong|chi cuc|"
    r"doan|cong doan|ke hoach|nhom|\d{1,2}[/.]\d))"
)
NOTHING_MORE = r"(?=[ .!?]*$)"
_DOCUMENT = re.compile(
    rf"/?(?:(?:cho |xin |xuat |tai |lay |lam |soan |ve |xem |em |toi |minh )+)?(?:(?:file|tep|ban|bao cao|bang) )?"
    rf"(?:{'|'.join(f'(?P<{name.value}>{words})' for name, words in DOCUMENTS.items())})(?!\w)"
    rf"(?:{A_WINDOW}|(?(evidence)(?!)|{NOTHING_MORE})){OF}{END}",
    re.DOTALL,
)
_CLOSE = re.compile(
    r"(?:chot|khoa) so(?: lieu)?(?! lieu)(?: bao cao)?(?! (?:vao )?ngay)"
    rf"(?=$|[ .!]*$| )(?: cua| cho| ky)*(?: (?P<w>.*?))?{END}"
)
_REOPEN = re.compile(
    r"(?:(?:bo|huy|mo)(?: lai)?|thoi) (?:chot|khoa)(?: so lieu| so)?(?: bao cao)?"
    rf"(?=$|[ .!]*$| )(?: cua| cho| ky)*(?: (?P<w>.*?))?{END}"
)
_SHOW = re.compile(rf"/mau|(?:xem )?mau bao cao{END}")
_DROP = re.compile(rf"(?:bo|huy|xoa) mau(?: bao cao)?|mau(?: bao cao)? mac dinh{END}")
_FORM = re.compile(rf"/?mau(?: bao cao)?(?: moi| word)?{END}")
_SET = re.compile(
    rf"(?P<lead>/?mau(?: bao cao)? )?(?:{'|'.join(f'(?P<{name.value}>{words})' for name, words in FIELDS.items())})"
    r" ?: ?(?P<w>.*)",
    re.DOTALL,
)


def read_report_order(text: Typed) -> Intent | None:
    """The order that the whole message is; None when it is something else."""
    if _SHOW.fullmatch(text.plain):
        return ShowForm()
    if _DROP.fullmatch(text.plain):
        return DropForm()
    if found := _CLOSE.fullmatch(text.plain):
        return Close(_said(text, found))
    if found := _REOPEN.fullmatch(text.plain):
        return Reopen(_said(text, found))
    if found := _DOCUMENT.fullmatch(text.plain):
        return DocumentWanted(Document(_named(found)), _said(text, found))
    return _set(text)


def is_a_form(text: Typed) -> bool:
    """Whether the words that came with a file say that it is the form of the report."""
    return _FORM.fullmatch(text.plain) is not None


def _set(text: Typed) -> Intent | None:
    found = _SET.fullmatch(text.plain)
    if found is None:
        return None
    field = FormField(_named(found))
    if not found["lead"] and field not in PLAINLY:
        return None
    return SetForm(field, "" if BLANK.fullmatch(found["w"]) else _said(text, found))


def _named(found: re.Match[str]) -> str:
    """The group that matched, of those that name a choice."""
    return next(name for name, words in found.groupdict().items() if words and name not in ("w", "lead"))


def _said(text: Typed, found: re.Match[str]) -> str:
    return text.said[found.start("w") : found.end("w")].strip(" .!?\n") if found["w"] else ""
