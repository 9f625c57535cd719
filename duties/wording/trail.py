"""The trail in words: what each entry did, whether its chain is whole, and what to do when it is not."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from duties.wording.dates import day, moment
from duties.wording.keeping import KINDS
from duties.wording.numbers import whole
from duties.wording.policy import BY_NAME as POLICY

# What the program calls it → what people call it.
DONE: Mapping[str, str] = {
    "accept": "chấp nhận báo cáo",
    "add_unit": "thêm đơn vị",
    "announcement_drafted": "soạn thông báo",
    "announcement_dropped": "bỏ thông báo đang soạn",
    "announcement_sent": "gửi thông báo",
    "ask_again": "hỏi lại điểm chưa rõ của kế hoạch",
    "backup": "sao lưu dữ liệu",
    "calendar_address": "đổi địa chỉ lịch",
    "call_unit": "đặt tên gọi cho đơn vị",
    "change_days": "sửa lịch nghỉ",
    "chat_found_again": "kênh nhận tin liên lạc lại được",
    "chat_lost": "mất liên lạc một kênh nhận tin",
    "chat_moved": "kênh nhận tin đổi địa chỉ",
    "cleared": "báo hết vướng mắc",
    "close_sessions": "đóng phiên trang web",
    "close_window": "chốt số liệu",
    "confirm_plan": "xác nhận kế hoạch",
    "confirm_unit_change": "xác nhận thay đổi đơn vị",
    "copy_plan": "sao chép kế hoạch",
    "correct_content": "sửa nội dung nhiệm vụ",
    "correct_deadline": "sửa thời hạn",
    "date_plan": "ghi ngày kế hoạch",
    "demand_evidence": "đặt yêu cầu minh chứng",
    "document": "lấy văn bản tổng hợp",
    "done": "báo hoàn thành",
    "drop_chat": "bỏ kênh nhận tin",
    "drop_form": "bỏ mẫu báo cáo",
    "drop_milestone": "bỏ mốc hỏi",
    "drop_name": "bỏ tên gọi của đơn vị",
    "drop_plan": "bỏ bản kế hoạch đang đọc",
    "drop_unit_change": "bỏ thay đổi đơn vị",
    "edition_of": "nhận bản điều chỉnh của kế hoạch",
    "edition_pair": "ghép nhiệm vụ của bản điều chỉnh",
    "edition_rest": "quyết định phần không còn trong bản điều chỉnh",
    "evidence": "nộp minh chứng",
    "evidence_dropped": "bỏ tệp minh chứng",
    "export": "xuất toàn bộ dữ liệu",
    "extend": "cho lùi hạn",
    "extension": "xin lùi hạn",
    "file_refused": "gửi tệp không được nhận",
    "forget": "xóa dữ liệu của một người",
    "forged_button": "bấm nút giả mạo",
    "forget_days": "bỏ ngày nghỉ đã ghi",
    "forget_event": "bỏ sự kiện đã ghi",
    "give_lead": "giao đơn vị chủ trì",
    "in_progress": "báo đang làm",
    "invite": "cấp mã mời",
    "join_files": "ghép tệp vào kế hoạch",
    "leave_out": "bỏ hoặc lấy lại nhiệm vụ",
    "link": "liên kết bằng mã mời",
    "load_plan": "nạp kế hoạch",
    "made_admin": "bot được làm quản trị nhóm",
    "make_link": "cấp liên kết riêng",
    "mean_units": "đặt tên gọi chung",
    "merge_edition": "áp dụng bản điều chỉnh",
    "merge_rows": "gộp các dòng của kế hoạch",
    "move": "chuyển đơn vị",
    "move_chat": "chuyển kênh nhận tin",
    "not_applicable": "không tính",
    "not_ours": "báo không thuộc đơn vị",
    "note": "bổ sung báo cáo",
    "nudge_now": "nhắc ngay",
    "number_plan": "ghi số kế hoạch",
    "obstacle": "báo vướng mắc",
    "own_plan": "nhận là kế hoạch riêng",
    "part_rows": "tách các dòng đã gộp",
    "pause": "tạm dừng nhắc",
    "put_first": "đổi kênh nhận trước",
    "read_plan_anew": "đọc lại kế hoạch",
    "record_event": "ghi sự kiện",
    "refuse": "không đồng ý",
    "refused": "yêu cầu không đúng quyền",
    "rename_unit": "đổi tên đơn vị",
    "reopen_window": "mở lại số liệu đã chốt",
    "reset_policy": "đặt lại cách nhắc",
    "restore": "khôi phục từ bản sao lưu",
    "restore_plan": "khôi phục kế hoạch đã rút",
    "resume": "tiếp tục nhắc",
    "retention": "xóa dữ liệu hết hạn giữ",
    "return": "trả lại báo cáo",
    "secret_paper": "gửi văn bản mật, không nhận",
    "set_announced": "ghi đã có thông báo nghỉ",
    "set_culture_day": "đặt ngày nghỉ 24/11",
    "set_form": "sửa mẫu báo cáo",
    "set_leniency": "đặt cách tính hạn rơi ngày nghỉ",
    "set_milestone": "đặt mốc hỏi",
    "set_policy": "sửa cách nhắc",
    "set_windows": "sửa kỳ báo cáo",
    "settle_doubts": "giải đáp điểm chưa rõ của kế hoạch",
    "settle_past": "xử lý việc đã quá hạn khi nạp",
    "share_duties": "chia nhiệm vụ khi tách đơn vị",
    "show_unit_change": "xem trước thay đổi đơn vị",
    "show_withdrawal": "xem trước việc rút kế hoạch",
    "snooze": "hẹn nhắc lại",
    "stop_here": "ngừng nhận tin",
    "take_form": "nhận mẫu báo cáo",
    "take_in_row": "lấy lại dòng không tính là nhiệm vụ",
    "take_out_file": "bỏ tệp khỏi kế hoạch",
    "tell_apart": "phân biệt hai tên đơn vị",
    "tick_deliverables": "ghi sản phẩm đã nộp",
    "trail_cut": "bỏ phần nhật ký đã hết hạn giữ",
    "trail_erased": "xóa tên và lời trong nhật ký",
    "undo": "hoàn tác báo cáo",
    "undo_change": "hoàn tác thay đổi",
    "undo_decision": "hoàn tác quyết định",
    "unit_change_done": "thực hiện thay đổi đơn vị",
    "unit_change_let_be": "không thực hiện được thay đổi đơn vị",
    "web_enter": "đăng nhập trang web",
    "web_leave": "ra khỏi trang web",
    "web_link": "lấy liên kết vào trang web",
    "withdraw_calendar": "thu hồi lịch",
    "withdraw_codes": "thu hồi mã mời",
    "withdraw_edition": "rút bản điều chỉnh",
    "withdraw_plan": "rút kế hoạch",
}
# names and words come from anybody: they neither break a line nor tell a terminal what to do
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
NOBODYS = "Chung (chưa thuộc cơ quan nào)"
WRONG = {
    "missing": "thiếu mục này",
    "changed": "mục này không còn như lúc ghi",
    "erased": "tên và lời của mục này bị xóa mà không có ghi nhận",
    "unsealed": "có mục được chèn vào không qua chương trình",
    "cut_off": "các mục từ đây đến mã đối chiếu đã giữ không còn",
}
WHAT_TO_DO = (
    "Xin giữ nguyên cơ sở dữ liệu, chạy nhacviec backup để lưu lại hiện trạng, đối chiếu với bản sao lưu gần nhất còn "
    "nguyên vẹn và báo người phụ trách an toàn thông tin."
)


def called(action: str) -> str:
    """What an entry did, as people say it; a name nobody put into words stays readable."""
    return DONE.get(action, action.replace("_", " "))


def intact(
    whose: str,
    entries: int,
    first: datetime | None,
    last: datetime | None,
    head: str,
    *,
    erased: int = 0,
    cut: int = 0,
) -> str:
    """“Sở Nội vụ: 1.204 mục, từ … đến …: nguyên vẹn. Mã đối chiếu: 1-1204-9f86d081884c7d65”."""
    span = f", từ {moment(first)} đến {moment(last)}" if first and last else ""
    noted = (
        *((f"mục 1 đến {whole(cut)} đã bỏ vì hết hạn giữ",) if cut else ()),
        *((f"{whole(erased)} mục đã xóa tên và lời",) if erased else ()),
    )
    taken = f" ({'; '.join(noted)}, có ghi nhận)" if noted else ""
    return f"{whose}: {whole(entries)} mục{span}: nguyên vẹn{taken}. Mã đối chiếu: {head}"


def broken(whose: str, entries: int, place: int, fault: str, at: datetime | None) -> str:
    """The first entry that is wrong, and since when."""
    when = f" (ghi lúc {moment(at)})" if at else ""
    return f"{whose}: {whole(entries)} mục, KHÔNG nguyên vẹn từ mục {whole(place)}{when}: {WRONG[fault]}. {WHAT_TO_DO}"


NOTHING_YET = "Nhật ký chưa có mục nào."
KEEP_THE_HEAD = "Xin chép mã đối chiếu ra ngoài máy này; lần sau kiểm tra: nhacviec audit verify --head MÃ"


def too_old(heads: Iterable[str]) -> str:
    """Heads of entries that were let go."""
    return f"Không đối chiếu được mã {', '.join(heads)}: phần nhật ký đó đã hết thời hạn giữ; xin dùng mã mới hơn."


def speaker(sender: str, whose: str, *, is_erased: bool = False, by_itself: bool = False) -> str:
    """“Nguyễn Thị Lan (Phòng Kế hoạch)”: who, and for whom; a group's own name is not said twice."""
    if is_erased:
        sender = "(đã xóa tên)"
    if not sender or sender == whose:
        return whose or ("(tự động)" if by_itself else "(không tên)")
    return f"{sender} ({whose})" if whose else sender


def line(place: int, at: datetime, who: str, action: str, refused: bool, about: Iterable[str]) -> str:
    """“12. 16:40 ngày 22/11/2026 · Trần Văn Hà (Văn phòng) · xác nhận kế hoạch · 485/KH-STTTT”."""
    said = f"{called(action)} (bị từ chối)" if refused else called(action)
    told = " · ".join((f"{place}. {moment(at)}", who, said, *about))
    return UNSEEN.sub(" ", told)


# What an entry says beside whom it is about → how that is read aloud. The rest is for programs: `audit list --json`.
DETAILS: Mapping[str, str] = {
    "kind": "{}",
    "choice": "{}",
    "codes": "{}",
    "number": "số {}",
    "year": "năm {}",
    "years": "{}",
    "window": "kỳ {}",
    "to": "{}",
    "of": "{}",
    "units": "{}",
    "one": "“{}”",
    "other": "“{}”",
    "old": "từ “{}”",
    "new": "thành “{}”",
    "name": "“{}”",
    "day": "ngày {}",
    "days": "ngày {}",
    "due": "hạn {}",
    "wanted_due": "xin đến {}",
    "until": "đến {}",
    "phrase": "“{}”",
    "quantities": "{}",
    "documents": "{}",
    "text": "“{}”",
    "reason": "“{}”",
    "about": "“{}”",
    "what": "{}",
    "words": "“{}”",
    "file": "tệp {}",
    "files": "tệp {}",
    "browser": "{}",
    "place": "{}",
    "rows": "{} bản ghi",
    "count": "{} mục",
    "before": "trước ngày {}",
    "through": "đến mục {}",
}
IN_WORDS = {**KINDS, "done": "đã xong", "still_owed": "vẫn nhắc", "not_counted": "không tính"}
# where a number is a number; elsewhere it is that of a row
COUNTED = frozenset({"year", "quantities", "rows", "count", "through"})
MOST_WORDS = 80


def details(told: Mapping[str, object], *, in_full: bool = False) -> list[str]:
    """Each of what an entry says, in words; long ones cut short unless `in_full`."""
    said = [(how, _plain(told[name], name in COUNTED)) for name, how in DETAILS.items() if name in told]
    said = [(how, IN_WORDS.get(words, words)) for how, words in said]
    return [how.format(words if in_full else _cut(words)) for how, words in said if words]


# what it was → what it became
CHANGES = (("was", "to"), ("old", "new"), ("moved_from", "moved_to"))


def before_and_after(told: Mapping[str, object]) -> tuple[str, str]:
    """What an entry says that something was, and what it became; "" where it does not say."""
    for was, became in CHANGES:
        if was in told:
            return _plain(told[was], False), _plain(told.get(became), False)
    return "", ""


def _cut(words: str) -> str:
    return words if len(words) <= MOST_WORDS else f"{words[: MOST_WORDS - 1].rstrip()}…"


def _plain(value: object, counts: bool) -> str:
    match value:
        case bool():
            return ""
        case int():
            return str(value) if counts else ""
        case str():
            return day(date.fromisoformat(value)) if A_DAY.fullmatch(value) else value
        case dict() if value.keys() <= POLICY.keys():
            return "; ".join(
                f"{POLICY[name].what}: {_plain(said, counts=True)}" for name, said in value.items()
            )
        case dict():
            return ", ".join(f"{_plain(said, counts=True)} {name}" for name, said in value.items())
        case list():
            return ", ".join(filter(None, (_plain(each, counts) for each in value)))
        case _:
            return ""
