"""What is said of the documents of a window: that one is being written, here it is, or why there is none."""

from duties.file_names import name_on_disk
from duties.intents import Document
from duties.message import Choice, Line, Look, Message
from duties.report import Report
from duties.windows import Window
from duties.wording.dates import day
from duties.wording.phrases import capitalised
from duties.wording.summary import small
from duties.wording.unwatched import left_out

NAMES = {
    Document.WORD: "báo cáo Word",
    Document.EXCEL: "bảng Excel",
    Document.PICTURE: "biểu đồ",
    Document.EVIDENCE: "bộ minh chứng",
}
TITLES = {
    Document.WORD: "Báo cáo",
    Document.EXCEL: "Bảng số liệu",
    Document.PICTURE: "Biểu đồ",
    Document.EVIDENCE: "Minh chứng",
}


def being_written(document: Document, window: Window, of: str) -> Message:
    """The first line, where the document itself takes a while."""
    return Message(
        (Line(f"Đang soạn {NAMES[document]} {_what(window, of)}; xong sẽ gửi ngay vào đây.", Look.QUIET),)
    )


def here_is(document: Document, report: Report, *, for_office: bool = True) -> Message:
    """The words that go with the document; the office has it signed."""
    summary = report.summary
    name = NAMES[document]
    lines = [
        f"{capitalised(name)} {_what(summary.window, report.of)}, số liệu đến hết ngày {day(summary.as_of)}."
    ]
    if document is Document.WORD and for_office:
        lines += _for_the_clerk(report)
    return Message(tuple(Line(line) for line in lines))


def _for_the_clerk(report: Report) -> list[str]:
    """What the office still has to see to before it is signed."""
    head = report.letterhead
    blank = [
        name
        for name, said in (
            ("người ký", head.authority),
            ("nơi nhận", head.recipients),
            ("ký hiệu", head.code),
        )
        if not said
    ]
    missing = f"Còn để trống: {', '.join(blank)} (gõ /mau để điền). " if blank else ""
    lacking = [left_out(report.lacking)] if report.lacking else []
    return [*lacking, f"{missing}Xin đọc lại, điền số và ngày trước khi ký."]


def nothing_to_write(window: Window, of: str) -> str:
    return f"{_what(window, of).capitalize()} không có phần việc nào nên chưa có gì để soạn."


def no_evidence(window: Window, of: str) -> str:
    return f"Chưa có tệp minh chứng nào cho {_what(window, of)}; đơn vị gửi tệp kèm “xong 3” là được ghi vào đây."


def not_written(document: Document, why: str = "") -> Message:
    reason = f": {why.rstrip('.')}" if why else "; xin thử lại sau ít phút"
    return Message(
        (Line(f"Chưa soạn được {NAMES[document]}{reason}."),),
        (Choice("Tổng hợp", "/tonghop"),),
    )


def file_name(document: Document, window: Window, of: str, ending: str) -> str:
    """“Báo cáo quý II năm 2022.docx”; days as 14-06-2022, as a slash is no part of a name."""
    return name_on_disk(f"{TITLES[document]} {_what(window, of)}".replace("/", "-")) + ending


def _what(window: Window, of: str) -> str:
    return f"{small(window.name)}{f' - {of}' if of else ''}"
