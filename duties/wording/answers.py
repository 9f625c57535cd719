"""What a unit hears after it said something: what was recorded, and how to take it back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from duties.message import Choice, Line, Look, Message
from duties.wording.dates import day
from duties.wording.entries import Entry, coded, named, shortened, titled
from duties.wording.lists import ALL, offers
from duties.wording.phrases import capitalised

UNDO = "Gõ “hoàn tác” nếu nhầm."
TAKE_BACK = Choice("Hoàn tác", "hoàn tác")


def _about(entries: Sequence[Entry]) -> str:
    return named(entries[0]) if len(entries) == 1 else coded(entries)


def _recorded(text: str, entries: Sequence[Entry]) -> Message:
    return Message((Line(text),), (TAKE_BACK, ALL))


def done(entries: Sequence[Entry], on: date, kept: str = "", on_behalf: bool = False) -> Message:
    """“Đã ghi nhận: việc #A12 hoàn thành ngày 14/03/2022. Cảm ơn đơn vị.”"""
    more = f" Đã lưu kèm: {kept}." if kept else ""
    thanks = " (Văn phòng ghi thay đơn vị)." if on_behalf else ". Cảm ơn đơn vị."
    return _recorded(
        f"Đã ghi nhận: {_about(entries)} hoàn thành ngày {day(on)}{thanks}{more} {UNDO}", entries
    )


def not_counted(entries: Sequence[Entry], amounts: str) -> Line:
    """Amounts that were said of several things at once: nobody knows of which."""
    first = amounts.partition(", ")[0]
    return Line(
        f"Số liệu “{amounts}” chưa được cộng vì chưa rõ của việc nào; xin ghi riêng từng việc, "
        f"ví dụ: “#{entries[0].short_code}: {first}”."
    )


def claimed_earlier(entries: Sequence[Entry], on: date, claimed_on: date) -> Message:
    """An earlier day counts when the office accepts it."""
    return _recorded(
        f"Đã ghi nhận: {_about(entries)} hoàn thành, báo ngày {day(on)}; ngày {day(claimed_on)} mà đơn vị nêu được "
        f"tính khi Văn phòng duyệt. {UNDO}",
        entries,
    )


def already_done(entry: Entry, added: str = "") -> Message:
    on = f" ngày {day(entry.done_on)}" if entry.done_on else ""
    more = f"; đã bổ sung: {added}" if added else ", không ghi thêm lần nữa"
    return Message((Line(f"Việc #{entry.short_code} đã được ghi nhận hoàn thành{on}{more}."),))


def recorded_as_done(entries: Sequence[Entry]) -> Message:
    """“Chưa xong” of what was reported done: how to open it again."""
    code = f"#{entries[0].short_code}"
    text = f"{capitalised(_about(entries))} đã được báo hoàn thành. Nếu báo nhầm, gõ “{code} đang làm” để mở lại."
    return Message((Line(text),), (Choice("Mở lại", f"{code} đang làm"),))


def accepted_stays(entry: Entry) -> str:
    return f"Việc #{entry.short_code} đã được Văn phòng duyệt; chỉ Văn phòng mở lại được."


def closed(entry: Entry) -> str:
    return f"Việc #{entry.short_code} đã khép lại nên không ghi thêm."


def cannot_snooze(entry: Entry) -> str:
    return f"Việc #{entry.short_code} đã đến hạn hoặc ngày hẹn không còn ở phía trước, nên không hoãn nhắc."


def in_progress(entries: Sequence[Entry], reopened: bool = False) -> Message:
    again = " và mở lại vì trước đó đã báo xong" if reopened else ""
    return _recorded(f"Đã ghi nhận: {_about(entries)} đang làm{again}. {UNDO}", entries)


def noted(
    entries: Sequence[Entry],
    added: str,
    total: str = "",
    on_behalf: bool = False,
) -> Message:
    """“Đã ghi cho việc #A9 (…): 4 tin, 2 bài.” What was added changes no state, and it says so."""
    sums = f"; tổng đã báo: {total}" if total else ""
    thanks = " (Văn phòng ghi thay đơn vị)." if on_behalf else ". Cảm ơn đơn vị."
    still_open = [entry for entry in entries if entry.due is not None and entry.done_on is None]
    not_done = " Việc chưa tính là xong." if still_open else ""
    message = _recorded(f"Đã ghi cho {_about(entries)}: {added}{sums}{thanks}{not_done} {UNDO}", entries)
    codes = " ".join(f"#{entry.short_code}" for entry in still_open)
    choices = (TAKE_BACK, Choice("Đã xong", f"xong {codes}"), ALL) if codes else message.choices
    return replace(message, choices=choices)


def whose_counts(entries: Sequence[Entry]) -> str:
    """Counts given for several at once belong to none of them."""
    return f"Chưa ghi nhận gì. Số liệu này là của việc nào trong {_about(entries)}:"


def obstacle(entries: Sequence[Entry], text: str, on_behalf: bool = False) -> Message:
    told = "" if on_behalf else " và chuyển Văn phòng biết"
    return _recorded(
        f"Đã ghi vướng mắc của {_about(entries)}: “{shortened(text, 200)}”{told}. {UNDO}", entries
    )


def obstacle_gone(entries: Sequence[Entry], on_behalf: bool = False) -> Message:
    told = "" if on_behalf else " và báo Văn phòng biết"
    return _recorded(f"Đã ghi {_about(entries)} hết vướng mắc{told}. {UNDO}", entries)


def no_obstacle(entry: Entry) -> str:
    return f"Việc #{entry.short_code} hiện không có vướng mắc nào được ghi."


def extension_asked(entries: Sequence[Entry], wanted: Sequence[date]) -> Message:
    """Both dates are shown; the request changes nothing until the office decides."""
    asked = [
        f"{named(entry, 40)} từ {_due(entry)} đến {day(to)}"
        for entry, to in zip(entries, wanted, strict=True)
    ]
    return _recorded(
        f"Đã chuyển Văn phòng đề nghị lùi hạn: {'; '.join(asked)}. Hạn cũ vẫn giữ đến khi Văn phòng đồng ý. {UNDO}",
        entries,
    )


def _due(entry: Entry) -> str:
    return day(entry.due) if entry.due else "chưa có hạn"


def not_ours(entries: Sequence[Entry]) -> Message:
    return _recorded(f"Đã chuyển Văn phòng xem xét: {_about(entries)} không thuộc đơn vị. {UNDO}", entries)


def asked_before(entries: Sequence[Entry]) -> Message:
    """The same request once more is one request."""
    return Message(
        (Line(f"Đề nghị này về {_about(entries)} đã được chuyển và đang chờ Văn phòng quyết định."),), (ALL,)
    )


def snoozed(entry: Entry, until: date, is_cut: bool) -> Message:
    why = " (không lùi quá hạn hoàn thành)" if is_cut else ""
    return Message((Line(f"Đã hẹn: nhắc lại {named(entry)} từ ngày {day(until)}{why}."),), (ALL,))


def not_snoozed(entry: Entry) -> str:
    return f"Việc #{entry.short_code} không có hẹn nhắc lại nào."


def told_as_usual(entry: Entry) -> Message:
    return Message((Line(f"Đã bỏ hẹn: {named(entry)} được nhắc như thường."),), (ALL,))


def undone(entries: Sequence[Entry], what: str) -> Message:
    return Message((Line(f"Đã hoàn tác: {what} của {_about(entries)}."),), (ALL,))


def nothing_to_undo(why: str = "") -> Message:
    return Message((Line(why or "Không có gì để hoàn tác trong 24 giờ qua."),), (ALL,))


def ask_whether_done(entries: Sequence[Entry]) -> Message:
    """The words could mean done: it is asked, and nothing is recorded."""
    question = Line(f"Chưa ghi nhận gì. Xin cho biết {_about(entries)} đã hoàn thành chưa?")
    codes = " ".join(f"#{entry.short_code}" for entry in entries)
    choices = (Choice("Đã xong", f"xong {codes}"), Choice("Đang làm", f"đang làm {codes}"), ALL)
    return Message((question,), choices)


def not_yet(entries: Sequence[Entry]) -> Message:
    """Nothing is recorded; how to say why is shown."""
    code = f"#{entries[0].short_code}"
    lines = (
        Line(f"Vâng, {_about(entries)} chưa được ghi nhận hoàn thành."),
        Line(
            f"Nếu cần, trả lời: “{code} đang làm”, “{code} vướng: …” hoặc “{code} xin lùi đến …”.", Look.QUIET
        ),
    )
    return Message(lines, offers(entries[0]))


def ask_everything(entries: Sequence[Entry], says: str, *, to_office: bool = False) -> Message:
    """“Tất cả” is asked back by name, so that no number is closed unseen."""
    codes = " ".join(f"#{entry.short_code}" for entry in entries)
    these = f"cả {len(entries)} việc" if len(entries) > 1 else "việc"
    asked = f"Văn phòng quyết định cho {these} này?" if to_office else f"Đơn vị báo cho {these} này?"
    lines = [Line(f"{asked} Chưa ghi nhận gì cho đến khi được xác nhận:")]
    for n, entry in enumerate(entries, 1):
        unit = f"{entry.unit}: " if to_office else ""
        lines.append(Line(f"{n}. {unit}{titled(entry, 80)} (#{entry.short_code})", Look.ITEM))
    yes = Choice(f"Đúng, {these}" + (" này" if len(entries) == 1 else ""), says.replace("{}", codes))
    other = Choice("Còn gì chờ duyệt", "/choduyet") if to_office else ALL
    return Message(tuple(lines), (yes, other), tuple(entry.id for entry in entries))


def ask_obstacle(entry: Entry) -> Message:
    code = f"#{entry.short_code}"
    return Message(
        (Line(f"Xin ghi rõ vướng mắc của {named(entry)}, ví dụ: “{code} vướng: chưa có kinh phí”."),),
        asks=True,
    )


def ask_new_day(entry: Entry) -> Message:
    code = f"#{entry.short_code}"
    return Message(
        (
            Line(
                f"Xin ghi ngày muốn lùi đến cho {named(entry)}, ví dụ: “{code} xin lùi đến 20/6 vì chờ số liệu”."
            ),
        ),
        asks=True,
    )


def ask_snooze(entry: Entry) -> Message:
    code = f"#{entry.short_code}"
    question = f"Xin ghi nhắc lại sau mấy ngày, ví dụ: “{code} nhắc lại sau 3 ngày”."
    return Message((Line(question),), asks=True)


def later_than_due(entry: Entry, wanted: date) -> str:
    if wanted == entry.due:
        return f"Hạn của việc #{entry.short_code} đang là {_due(entry)} rồi; muốn lùi nữa, xin ghi ngày muộn hơn."
    return (
        f"Ngày {day(wanted)} không muộn hơn hạn hiện nay ({_due(entry)}) của việc #{entry.short_code}; "
        "xin ghi lại ngày muốn lùi đến."
    )


def only_open_is_extended(entry: Entry) -> str:
    why = "chưa có hạn nên chưa cần lùi" if entry.due is None else "đã hoàn thành nên không lùi hạn nữa"
    return f"Việc #{entry.short_code} {why}."
