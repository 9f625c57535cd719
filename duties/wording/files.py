"""What is said of files: those that go with a letter, and those that prove what was done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from duties.message import Choice, Line, Look, Message
from duties.wording.answers import TAKE_BACK, UNDO
from duties.wording.entries import Entry, coded, named
from duties.wording.lists import ALL
from duties.workdays import HANOI

CANNOT_BE_HAD = "Tệp đi kèm không còn trong kho nên không gửi được."
NONE_KEPT = "Chỉ đơn vị và Văn phòng gửi tệp minh chứng, nên tệp này không được lưu."
MOST_NAMED = 5
BY_LINK = "Trang nộp tệp"
GONE = "Việc này không còn trong kế hoạch nên không nhận thêm tệp."
LINK_SHUT = "Liên kết không còn dùng được; xin nhắn lại trong cuộc trò chuyện để nhận liên kết mới."


@dataclass(frozen=True)
class Filed:
    """A file of an obligation as we speak of it: its number in the list, its size, who sent it and when."""

    number: int
    name: str
    size: int
    sender: str
    at: datetime


def too_many_files(most: int, megabytes: int, until: datetime) -> str:
    """What a chat may send in an hour is used up."""
    again = until.astimezone(HANOI) + timedelta(minutes=1)
    return (
        f"Trong một giờ qua đã nhận đủ {most} tệp hoặc {megabytes} MB từ nơi này nên chưa nhận thêm; "
        f"xin gửi tiếp sau {again:%H:%M}, hoặc nén nhiều tệp thành một tệp .zip."
    )


def here_it_is(name: str) -> str:
    return f"Tệp: {name}"


def download_link(name: str, address: str, until: datetime) -> str:
    return f"Tải “{name}” (đến hết {_day(until)}): {address}"


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(HANOI):%d/%m/%Y}"


def quoted(names: Sequence[str]) -> str:
    """“a.pdf”, “b.jpg” và 3 tệp khác."""
    shown = ", ".join(f"“{name}”" for name in names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return f"{shown} và {more} tệp khác" if more > 0 else shown


def kept_files(names: Sequence[str]) -> Line:
    """“Đã lưu 2 tệp minh chứng: “a.pdf”, “b.jpg”.”"""
    count = f"{len(names)} tệp" if len(names) > 1 else "tệp"
    return Line(f"Đã lưu {count} minh chứng: {quoted(names)}.")


def held_files(names: Sequence[str]) -> Line:
    """What was sent before it is known for what: nothing is lost."""
    count = f"{len(names)} tệp" if len(names) > 1 else "tệp"
    return Line(f"Đã giữ {count} {quoted(names)}, sẽ lưu khi biết là của việc nào.", Look.QUIET)


def had_before(names: Sequence[str]) -> Line:
    return Line(f"{quoted(names)} đã có trong việc này, không lưu thêm lần nữa.", Look.QUIET)


def received(entries: Sequence[Entry]) -> Message:
    """A file alone: it is evidence, and not yet “done”."""
    still_open = [entry for entry in entries if entry.done_on is None and entry.is_owed]
    about = named(entries[0]) if len(entries) == 1 else coded(entries)
    if not still_open:
        return Message((Line(f"Đã bổ sung cho {about}. {UNDO}"),), (TAKE_BACK, ALL))
    codes = " ".join(f"#{entry.short_code}" for entry in still_open)
    question = "Việc này đã xong chưa?" if len(still_open) == 1 else "Các việc này đã xong chưa?"
    return Message(
        (Line(f"Đã bổ sung cho {about}; chưa tính là xong. {question} {UNDO}"),),
        (Choice("Đã xong", f"xong {codes}"), Choice("Đang làm", f"đang làm {codes}"), TAKE_BACK),
    )


def with_line(messages: Sequence[Message], line: Line) -> list[Message]:
    """The messages with a line more at the end of the first."""
    if not messages:
        return [Message((line,))]
    first, *rest = messages
    return [replace(first, lines=(*first.lines, line)), *rest]


def lacks_proof(entries: Sequence[Entry]) -> Line:
    codes = ", ".join(f"#{entry.short_code}" for entry in entries)
    return Line(f"Việc {codes} bắt buộc có minh chứng: xin gửi tệp, ảnh, liên kết hoặc số văn bản.")


def send_proof(entry: Entry) -> Choice:
    return Choice("Gửi minh chứng", f"gửi minh chứng #{entry.short_code}")


def handed_in(got: Sequence[str], missing: Sequence[str]) -> Line:
    """“Sản phẩm đã nộp: báo cáo; còn: danh sách.”"""
    rest = f"; còn: {', '.join(missing)}" if missing else " (đủ)"
    return Line(f"Sản phẩm đã nộp: {', '.join(got) or 'chưa có'}{rest}.")


def size_in_words(size: int) -> str:
    """“12 KB”, “3,4 MB”."""
    if size < 2**20:
        return f"{max(size // 1024, 1)} KB"
    return f"{size / 2**20:.1f} MB".replace(".", ",")


def shown(entry: Entry, files: Sequence[Filed], others: Sequence[str]) -> Message:
    """The files of an obligation, numbered, with the links and papers that were named in words."""
    title = Line(f"Minh chứng của {named(entry)} — {entry.unit}:", Look.TITLE)
    if not files and not others:
        lines = (title, Line("Chưa có minh chứng nào."))
        return Message(lines, (send_proof(entry),))
    items = [Line(_item(file), Look.ITEM) for file in files]
    items += [Line(f"– {paper}", Look.ITEM) for paper in others]
    hint = Line(f"Bỏ một tệp: “bỏ tệp 1 của #{entry.short_code}”.", Look.QUIET)
    return Message((title, *items, *([hint] if files else [])), (send_proof(entry),))


def _item(file: Filed) -> str:
    who = f"{file.sender}, " if file.sender else ""
    at = f"{file.at.astimezone(HANOI):%H:%M %d/%m/%Y}"
    return f"{file.number}. {file.name} ({size_in_words(file.size)}; {who}{at})"


def more_files(count: int) -> Message:
    return Message(
        (Line(f"Còn {count} tệp nữa; lấy tất cả của một kỳ: gõ “bộ minh chứng quý 1” (hoặc kỳ khác)."),)
    )


def no_such_deliverable(entry: Entry, papers: Sequence[str]) -> str:
    if not papers:
        return f"Kế hoạch không ghi sản phẩm nào của việc #{entry.short_code}."
    numbered = "; ".join(f"{n}. {paper}" for n, paper in enumerate(papers, start=1))
    return f"Việc #{entry.short_code} có các sản phẩm: {numbered}. Ví dụ: “đã nộp sản phẩm 1 của #{entry.short_code}”."


def ticked(entry: Entry, line: Line) -> Message:
    return Message((Line(f"Đã ghi cho {named(entry)}. {UNDO}"), line), (TAKE_BACK, ALL))


def how_to_send(entry: Entry, link: str, until: datetime | None) -> Message:
    """Where files for an obligation may be sent."""
    code = f"#{entry.short_code}"
    by_link = (
        f"Nộp tệp, ảnh cho {named(entry)} tại liên kết sau, dùng được đến hết {_day(until)}: {link}"
        if until
        else ""
    )
    here = f"Gửi tệp, ảnh vào đây kèm lời “minh chứng {code}”, hoặc trả lời tin này kèm tệp."
    lines = (
        (Line(by_link), Line(f"Hoặc: {here[:1].lower()}{here[1:]}", Look.QUIET)) if by_link else (Line(here),)
    )
    return Message(lines, asks=True)


def dropped(entry: Entry, names: Sequence[str]) -> Message:
    return Message(
        (Line(f"Đã bỏ tệp {quoted(names)} khỏi {named(entry)}. Gửi lại tệp nếu bỏ nhầm."),), (ALL,)
    )


def no_such_file(entry: Entry, count: int) -> str:
    if not count:
        return f"Việc #{entry.short_code} chưa có tệp minh chứng nào."
    return f"Việc #{entry.short_code} có {count} tệp; xin ghi số của tệp, ví dụ “bỏ tệp 1 của #{entry.short_code}”."


def stays(entry: Entry) -> str:
    return f"Văn phòng đã duyệt việc #{entry.short_code} nên không bỏ tệp minh chứng được; chỉ Văn phòng bỏ được."


def demanded(names: Sequence[str], is_needed: bool) -> Message:
    what = "phải có minh chứng khi báo xong" if is_needed else "không bắt buộc minh chứng nữa"
    again = "không bắt buộc" if is_needed else "bắt buộc"
    return Message(
        (Line(f"Đã ghi: {', '.join(names)} {what}. Đổi lại: gõ “{again} minh chứng …”."),), (TAKE_BACK,)
    )
