"""Help for each role, and what is said when a message was not understood."""

from duties.intents import Doubtful
from duties.message import Choice, Line, Look, Message

UNIT = (
    ("Xem việc", "“việc của tôi”, “việc quá hạn”, “việc quý 2”, “việc cả năm”; gõ số để xem chi tiết"),
    ("Báo xong", "“xong 2”, “xong 2, 5”, “xong 3 https://… 4 tin, 2 bài”"),
    ("Bổ sung số liệu", "“1: 4 tin, 2 bài”, “3: công văn số 12/BC-VP”, “ghi chú 3: …”"),
    ("Báo cáo từng câu", "“báo cáo 2”; “bỏ qua” để sang câu sau, “thôi” để dừng"),
    (
        "Minh chứng",
        "gửi tệp, ảnh kèm lời “xong 3”, hoặc trả lời tin nhắc kèm tệp; “nộp 3” (liên kết nộp tệp), “minh chứng 3”, "
        "“bỏ tệp 1 của 3”",
    ),
    ("Đang làm", "“2 đang làm”"),
    ("Vướng mắc", "“3 vướng: chưa có kinh phí”, “3 hết vướng”"),
    ("Xin lùi hạn", "“4 xin lùi đến 20/6 vì chờ số liệu”, “4 lùi 1 tuần”"),
    ("Không phải việc của đơn vị", "“5 không phải việc của phòng tôi”"),
    ("Hẹn nhắc lại", "“2 nhắc lại sau 3 ngày”, “2 nhắc như thường”"),
    ("Ghi nhầm", "“hoàn tác” (trong 24 giờ), hoặc trả lời đúng tin xác nhận bằng “hoàn tác”"),
    ("Số liệu của đơn vị", "“tổng hợp quý 2”"),
    ("Lịch trên điện thoại", "/lich, “đổi địa chỉ lịch”, “thu hồi lịch”"),
    ("Trang web", "/web (mở trên trình duyệt), /phien (trình duyệt đang mở)"),
    ("Không dùng nơi này nữa", "“ngừng nhận tin ở đây”"),
)
OFFICE = (
    (
        "Nạp kế hoạch",
        "gửi tệp; sửa: “1.3 hạn 30/6”, “bỏ 2.5”, “3.2 giao Phòng …”, “gộp 2.3, 2.4”; “danh sách nhiệm vụ”; "
        "“xác nhận”",
    ),
    ("Kế hoạch đổi", "gửi tệp điều chỉnh; “sao chép kế hoạch 485 sang năm 2027”, “rút kế hoạch 485”"),
    (
        "Tổng hợp",
        "“tổng hợp”, “tổng hợp quý 2”, “tổng hợp 6 tháng”, “tổng hợp Phòng …”, “tổng hợp kế hoạch 485”",
    ),
    (
        "Báo cáo",
        "“word quý 2”, “excel quý 2”, “biểu đồ năm”, “minh chứng quý 2”; /mau (người ký, nơi nhận, mẫu Word)",
    ),
    ("Chốt số liệu", "“chốt số liệu quý 2”, “bỏ chốt quý 2”"),
    (
        "Quyết định",
        "“chờ duyệt”, “duyệt 1 3”, “trả lại 2 thiếu số liệu”, “từ chối 1 vì …”, “gia hạn 1, 2 đến 20/6”, “duyệt tất cả”",
    ),
    (
        "Ghi lại thời hạn, sự kiện",
        "“1.3 hạn 20/6”, “2.3 sự kiện ngày 12/4” (mốc để tính hạn), “bỏ sự kiện 12/4 của 2.3”",
    ),
    (
        "Lịch nghỉ",
        "/lichnghi, “nghỉ 30/4: lý do”, “làm bù 10/1”, “bỏ ngày nghỉ 30/4”, “hạn rơi ngày nghỉ: không lùi”",
    ),
    ("Kỳ báo cáo", "“chốt số liệu ngày 14, gửi báo cáo ngày 20”, “kỳ báo cáo: quý I, 6 tháng, năm”"),
    ("Xem việc", "“việc của Phòng …”, “phòng nào chưa báo cáo”"),
    ("Minh chứng", "“minh chứng #A12”, “bắt buộc minh chứng 2.3”, “không bắt buộc minh chứng 2.3”"),
    ("Chuyển, bỏ một việc", "“chuyển #A12 sang Phòng …”, “không tính #A12”"),
    ("Ghi thay đơn vị", "“xong #A12”"),
    (
        "Đơn vị",
        "/donvi, /moi (mã mời), “thêm đơn vị: Phòng …”, “đổi tên Phòng … thành Phòng …”, “thông báo: …”",
    ),
    ("Một đơn vị", "“/donvi Phòng …” (kênh, mã, người trả lời), “thu hồi mã Phòng …”, “các phòng gồm: …”"),
    ("Đơn vị đổi", "“sáp nhập Phòng A vào Phòng B từ 1/3”; tách, đổi tên cũng vậy"),
    ("Nhắc", "“nhắc Phòng …”, /sapgui (14 ngày tới), /tamdung, /tieptuc"),
    (
        "Lịch nhắc",
        "/lichnhac, “nhắc quý trước 10, 5, 2, 0 ngày”, “giờ gửi 8:00 và 14:00”, “mốc 2.3 ngày 30/6: …”",
    ),
    ("Trang web", "/web"),
    ("Ghi nhầm", "“hoàn tác” (trong 24 giờ)"),
)
SUMMARY = ("Tổng hợp", "“tổng hợp”, “tổng hợp quý 2”, “tổng hợp 6 tháng”, “tổng hợp năm”, “tổng hợp Phòng …”")
PLANS = ("Kế hoạch", "/kehoach")
LEADER = (
    SUMMARY,
    ("Xem việc", "“việc quá hạn”, “việc của Phòng …”, “phòng nào chưa báo cáo”; gõ số để xem chi tiết"),
    ("Báo cáo", "“word quý 2”, “excel quý 2”, “biểu đồ năm”"),
    PLANS,
    ("Trang web", "/web (mở trên trình duyệt), /phien (trình duyệt đang mở)"),
)
ADMIN = (
    SUMMARY,
    PLANS,
    ("Đơn vị", "/donvi, /moi (mã mời), “thêm đơn vị: Phòng …”, “thu hồi mã Phòng …”, “hoàn tác”"),
    ("Dừng và tiếp tục gửi", "/tamdung, /tieptuc"),
    ("Trang web", "/web (mở trên trình duyệt), /phien (xem, đóng trình duyệt đang mở)"),
)
BY_ROLE = {"unit": UNIT, "office": OFFICE, "leader": LEADER, "admin": ADMIN}
FIRST = {
    "unit": (Choice("Việc của tôi", "/viec"), Choice("Tổng hợp", "/tonghop")),
    "office": (Choice("Chờ duyệt", "/choduyet"), Choice("Tổng hợp", "/tonghop"), Choice("Đơn vị", "/donvi")),
    "leader": (Choice("Tổng hợp", "/tonghop"),),
}


def help_for(role: str) -> Message:
    """What this chat can ask, with an example of each."""
    lines = [Line("Viết như nói thường, có dấu hay không đều được:", Look.TITLE)]
    lines += [Line(f"{what}: {how}", Look.ITEM) for what, how in BY_ROLE.get(role, UNIT)]
    return Message(tuple(lines), FIRST.get(role, ()))


def greeting(role: str) -> Message:
    return Message((Line("Kính chào anh/chị. Gõ “trợ giúp” để xem cách dùng."),), FIRST.get(role, ()))


def thanks() -> Message:
    return Message((Line("Cảm ơn anh/chị."),))


UNCLEAR = {
    Doubtful.NOTHING: "Chưa hiểu tin này nên chưa ghi nhận gì. Ví dụ: “xong 2”, “2 đang làm”, “việc của tôi”; gõ “trợ giúp” để xem thêm.",
    Doubtful.WHICH_MEANS_WHAT: "Chưa rõ việc nào xong, việc nào chưa nên chưa ghi nhận gì. Xin viết mỗi ý một dòng, ví dụ: “1 xong” rồi “2 đang làm”.",
    Doubtful.WHICH_NUMBER: "Xin ghi rõ việc nào, theo số trong danh sách hoặc theo mã, ví dụ: “xong 2” hoặc “xong #A12”.",
    Doubtful.WHICH_DAY: "Chưa rõ ngày nào; xin ghi đủ ngày và tháng, ví dụ: “4 xin lùi đến 20/6”.",
    Doubtful.TAKES_BACK: "Muốn rút lại điều vừa báo, xin gõ “hoàn tác” hoặc trả lời đúng tin xác nhận bằng “hoàn tác” (trong 24 giờ).",
    Doubtful.COMMAND: "Không có lệnh này, hoặc lệnh còn thiếu nội dung. Gõ /trogiup để xem các lệnh.",
}
OFFICE_NOTHING = "Chưa hiểu tin này nên chưa ghi nhận gì. Ví dụ: “tổng hợp”, “chờ duyệt”, “duyệt 1”; gõ “trợ giúp” để xem thêm."


def unclear(why: Doubtful, role: str) -> Message:
    """One line that says nothing was recorded, and how to say it."""
    text = OFFICE_NOTHING if why is Doubtful.NOTHING and role != "unit" else UNCLEAR[why]
    return Message((Line(text),), (Choice("Trợ giúp", "/trogiup"),))


REFUSED = {
    "unit": "Nội dung này do Văn phòng quyết định nên không làm được ở đây; nếu cần, đề nghị liên hệ Văn phòng.",
    "office": "Nội dung này chỉ dùng ở nơi trò chuyện của đơn vị; gõ “trợ giúp” để xem những gì Văn phòng làm được ở đây.",
    "leader": "Nơi này dành cho lãnh đạo xem tổng hợp nên không ghi nhận; nếu cần, đề nghị trao đổi với Văn phòng.",
    "admin": "Nơi này dành cho quản trị nên không ghi nhận; gõ “trợ giúp” để xem những gì làm được ở đây.",
}
HOW_TO_DISOWN = "Chỉ Văn phòng chuyển được việc sang đơn vị khác. Đơn vị trả lời, ví dụ: “2 không phải việc của phòng tôi”, Văn phòng sẽ xem xét."


def refused(role: str, *, gives_away: bool = False) -> str:
    """Why not here, and where else; a unit that gives a duty away hears how it can."""
    return HOW_TO_DISOWN if gives_away and role == "unit" else REFUSED.get(role, REFUSED["unit"])


def sorry() -> Message:
    return Message((Line("Có lỗi khi xử lý tin này nên chưa ghi nhận gì; xin gửi lại sau ít phút."),))


def one_line(text: str) -> Message:
    return Message((Line(text),))
