"""A plan in force that is withdrawn: what it would mean, that it is done, that it is in force again."""

from collections.abc import Mapping, Sequence

from duties.message import Choice, Line, Look, Message

SHOWN = 8


def looked_at(plan: str, ref: str, owed: Mapping[str, int]) -> Message:
    """What withdrawing would mean; nothing is done yet. `owed`: how much each unit has open."""
    sure = f"rút kế hoạch {ref}, xác nhận"
    lines = (
        Line(f"Rút {plan} đang thực hiện?", Look.TITLE),
        Line(_still_open(owed)),
        Line(
            "Sau khi rút: không nhắc và không tính kế hoạch này vào tổng hợp nữa; báo cáo, quyết định, minh chứng "
            "đã có vẫn được giữ."
        ),
        Line(f"Chưa rút gì. Nếu đúng, gõ “{sure}”.", Look.QUIET),
    )
    return Message(lines, (Choice("Rút kế hoạch", sure),))


def _still_open(owed: Mapping[str, int]) -> str:
    if not owed:
        return "Không còn phần việc nào chưa xong."
    units = "; ".join(f"{unit} {count}" for unit, count in list(owed.items())[:SHOWN])
    more = f"; và {len(owed) - SHOWN} đơn vị khác" if len(owed) > SHOWN else ""
    return f"Còn {sum(owed.values())} phần việc chưa xong: {units}{more}."


def withdrawn(plan: str, ref: str, count: int, untold: Sequence[str]) -> Message:
    told = (
        f" {count} phần việc chưa xong không nhắc, không tính nữa; các đơn vị được báo một dòng."
        if count
        else ""
    )
    lines = [Line(f"Đã rút {plan}.{told}"), *_untold(untold)]
    lines.append(Line(f"Muốn thực hiện tiếp, gõ “khôi phục kế hoạch {ref}”.", Look.QUIET))
    return Message(tuple(lines))


def was_withdrawn(plan: str, ref: str) -> Message:
    """Its very file came again."""
    again = f"khôi phục kế hoạch {ref}"
    text = f"Tệp này là của {plan}, đã rút. Muốn thực hiện tiếp, gõ “{again}”."
    return Message((Line(text),), (Choice("Khôi phục kế hoạch", again),))


def restored(
    plan: str, count: int, untold: Sequence[str], of_closed: Sequence[tuple[str, str]] = ()
) -> Message:
    """`of_closed`: the codes that units hold which closed meanwhile, with their names."""
    text = (
        f"Đã khôi phục {plan}: còn {count} phần việc chưa xong, nhắc và tính như trước; lần nhắc đã lỡ được gộp "
        "vào lần tới."
        if count
        else f"Đã khôi phục {plan}; không còn phần việc nào chưa xong."
    )
    return Message((Line(text), *_closed(of_closed), *_untold(untold)), (Choice("Xem kế hoạch", "/kehoach"),))


def _closed(held: Sequence[tuple[str, str]]) -> list[Line]:
    if not held:
        return []
    codes = "; ".join(f"#{code} {unit}" for code, unit in held[:SHOWN])
    more = f"; và {len(held) - SHOWN} phần việc khác" if len(held) > SHOWN else ""
    text = f"Đơn vị không còn, xin giao lại ({len(held)}): {codes}{more}. Gõ “chuyển #{held[0][0]} sang Phòng …”."
    return [Line(text, Look.ITEM)]


def _untold(units: Sequence[str]) -> list[Line]:
    if not units:
        return []
    return [Line(f"Chưa có kênh nên chưa báo được: {'; '.join(units)}.", Look.QUIET)]


def to_unit_withdrawn(unit: str, plan: str, count: int) -> Message:
    text = (
        f"Kính gửi {unit}: Văn phòng đã rút {plan}; {count} phần việc chưa xong của đơn vị theo kế hoạch này "
        "không còn phải thực hiện. Báo cáo đã gửi vẫn được giữ."
    )
    return Message((Line(text),), (Choice("Xem danh sách", "/viec"),))


def to_unit_restored(unit: str, plan: str, count: int) -> Message:
    text = f"Kính gửi {unit}: {plan} được thực hiện tiếp; đơn vị còn {count} phần việc chưa xong."
    return Message((Line(text),), (Choice("Xem danh sách", "/viec"),))


def not_found(number: str, *, is_withdrawn: bool) -> str:
    which = f"Không có kế hoạch số {number}" if number else "Không có kế hoạch nào"
    return f"{which} {'đã rút' if is_withdrawn else 'đang thực hiện'}. Gõ /kehoach để xem các kế hoạch."


def which(order: str, refs: Sequence[str]) -> str:
    """`order`: “rút kế hoạch” or “khôi phục kế hoạch”."""
    return f"Xin ghi số kế hoạch, ví dụ “{order} {refs[0]}”. Có: {'; '.join(refs)}."


def already_again(plan: str) -> str:
    """The same number was sent anew after it was withdrawn."""
    return (
        f"Đang có {plan} khác cùng số đang thực hiện hoặc chờ xác nhận nên chưa khôi phục được; rút hoặc hủy kế hoạch đó "
        "trước. Gõ /kehoach để xem."
    )
