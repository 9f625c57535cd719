"""docs/rights.md, made from the table in `duties/rights.py`. `python -m tests.corpus.rights_page` writes it."""

from pathlib import Path

from duties import intents as say
from duties.rights import ACTIONS, Action, ChatRole, may

PAGE = Path(__file__).parents[2] / "docs" / "rights.md"

HEAD = """\
# Ai được làm gì

Trang này được làm ra từ bảng quyền trong `duties/rights.py`; xin không sửa tay. Sau khi đổi bảng, chạy
`python -m tests.corpus.rights_page`.

Quyền gắn với nơi trò chuyện, theo mã mời đã dùng để liên kết. Đơn vị chỉ xem và báo cáo việc của chính đơn vị mình. Điều
không được phép thì không ghi gì, trả lời một câu và lưu lại trong nhật ký; nút bấm giả mạo cũng vậy. Người chưa liên kết
chỉ gửi được mã mời; sai mã 5 lần thì phải đợi 15 phút.
"""
ROLES = {
    ChatRole.UNIT: "Đơn vị",
    ChatRole.OFFICE: "Văn phòng",
    ChatRole.LEADER: "Lãnh đạo",
    ChatRole.ADMIN: "Quản trị",
}
LABELS = {
    Action.TALK: "Hỏi cách dùng, chào hỏi",
    Action.LINK: "Liên kết bằng mã mời, mở và đóng trang web của nơi này, ngừng nhận tin ở nơi này",
    Action.SEE_OWN: "Xem việc của đơn vị mình",
    Action.SEE_ALL: "Xem việc của mọi đơn vị",
    Action.REPORT: "Báo kết quả, số liệu, minh chứng, vướng mắc",
    Action.REQUEST: "Xin lùi hạn, báo không phải việc của mình, hẹn nhắc lại",
    Action.UNDO: "Hoàn tác điều chính mình vừa ghi",
    Action.SUMMARISE: "Xem tổng hợp (đơn vị: số liệu của mình)",
    Action.SEE_PLANS: "Xem kế hoạch và cách nhắc",
    Action.SEE_CALENDAR: "Xem lịch nghỉ",
    Action.DECIDE: "Duyệt, trả lại, gia hạn, từ chối, không tính, chuyển đơn vị",
    Action.CHANGE_PLAN: "Nạp và sửa kế hoạch",
    Action.CHANGE_CALENDAR: "Sửa lịch nghỉ, kỳ báo cáo",
    Action.CHANGE_POLICY: "Sửa cách nhắc, mốc hỏi",
    Action.CLOSE: "Chốt và mở lại số liệu",
    Action.CHANGE_FORM: "Sửa mẫu báo cáo",
    Action.MANAGE_UNITS: "Đơn vị, mã mời, kênh nhận tin",
    Action.SEND: "Nhắc ngay, thông báo, xem tin sắp gửi",
    Action.PAUSE: "Tạm dừng và tiếp tục nhắc",
}
UNIT = "Phòng Kế hoạch - Tài chính"
OTHER = "Phòng Thông tin - Báo chí"
# Every intent with words that ask for it.
SAID: dict[type[say.Intent], str] = {
    say.ShowMine: "việc của tôi", say.ShowItem: "chi tiết #A1", say.Done: "xong #A1", say.MaybeDone: "#A1 ok",
    say.NotYet: "#A1 chưa xong", say.InProgress: "#A1 đang làm", say.Note: "#A1: 4 tin, 2 bài",
    say.Obstacle: "#A1 vướng: chưa có kinh phí", say.AskExtension: "#A1 xin lùi đến 20/7",
    say.NotOurs: "#A1 không phải việc của phòng", say.Snooze: "#A1 nhắc lại sau 3 ngày", say.Report: "báo cáo #A1",
    say.Skip: "bỏ qua", say.Stop: "thôi", say.Pending: "chờ duyệt", say.Approve: "duyệt #A1",
    say.SendBack: "trả lại #A1 thiếu số liệu", say.Refuse: "từ chối #A1", say.NotApplicable: "không tính #A1",
    say.GiveTo: f"chuyển #A1 sang {OTHER}", say.NudgeNow: f"nhắc {UNIT}", say.Preview: "sắp gửi gì",
    say.Pause: "tạm dừng", say.Resume: "tiếp tục", say.Units: "danh sách đơn vị", say.Invite: f"mời {UNIT}",
    say.AddUnit: "thêm đơn vị: Phòng Tổ chức", say.RenameUnit: f"đổi tên {UNIT} thành Phòng Kế hoạch",
    say.Announce: "thông báo: họp giao ban 8 giờ", say.SendAnnouncement: "gửi thông báo",
    say.DropAnnouncement: "bỏ thông báo", say.AskAnnouncement: "thông báo gửi đến đâu rồi", say.Plans: "kế hoạch",
    say.ConfirmPlan: "xác nhận", say.DropPlan: "huỷ kế hoạch", say.SettlePast: "kỳ đã qua: đã xong",
    say.MergeRows: "gộp 1.1 và 1.2", say.PartRows: "tách 1.1", say.TakeInRow: "lấy lại dòng không tính 1",
    say.LeaveOut: "bỏ 1.1", say.CorrectDeadline: "1.1 hạn 20/6", say.CorrectContent: "1.1 nội dung: thi tìm hiểu",
    say.AskAgain: "hỏi lại câu 1", say.RecordEvent: "1.1 sự kiện ngày 12/3",
    say.ForgetEvent: "bỏ sự kiện 12/3 của 1.1", say.ShowDaysOff: "lịch nghỉ", say.ChangeDays: "nghỉ 30/4",
    say.ForgetDays: "bỏ ngày nghỉ 30/4", say.SetLeniency: "hạn rơi ngày nghỉ: không lùi",
    say.SetCultureDay: "24/11 hằng năm: nghỉ", say.YearAnnounced: "đã có thông báo nghỉ 2023",
    say.SetWindows: "chốt số liệu ngày 14, gửi báo cáo ngày 20", say.ShowPolicy: "cách nhắc",
    say.SetPolicy: "nhắc quý trước 10, 5, 2 ngày", say.ResetPolicy: "nhắc như mặc định",
    say.SetMilestone: "1.1 mốc 15/4", say.DropMilestone: "bỏ mốc 15/4 của 1.1", say.ShowMilestones: "các mốc của 1.1",
    say.DocumentWanted: "word quý 2", say.Close: "chốt số liệu quý 1", say.Reopen: "bỏ chốt số liệu quý 1",
    say.ShowForm: "mẫu báo cáo", say.SetForm: "người ký: GIÁM ĐỐC", say.DropForm: "bỏ mẫu báo cáo", say.ShowEvidence: "minh chứng của #A1",
    say.SendEvidence: "gửi minh chứng #A1", say.DropEvidence: "bỏ tệp 1 của #A1",
    say.TickDeliverables: "đã nộp sản phẩm 1 của #A1", say.DemandEvidence: "bắt buộc minh chứng 1.1",
    say.CalendarWanted: "/lich", say.NewCalendarAddress: "đổi địa chỉ lịch", say.WithdrawCalendar: "thu hồi lịch",
    say.ShowUnit: f"xem đơn vị {UNIT}", say.WithdrawCodes: f"thu hồi mã {UNIT}",
    say.MoveChat: f"chuyển kênh của {UNIT} sang {OTHER}", say.DropChat: f"bỏ kênh của {UNIT}",
    say.PutFirst: f"kênh 1 của {UNIT} nhận trước", say.StopHere: "ngừng nhận tin ở đây",
    say.OpenWeb: "/web", say.ShowSessions: "phiên đang mở", say.CloseSessions: "đóng mọi phiên",
    say.TellApart: f"“{UNIT}” và “Phòng Kế hoạch” là hai đơn vị khác nhau", say.MeanUnits: f"“các phòng” gồm: {OTHER}",
    say.CallUnit: f"gọi P. KHTC là {UNIT}", say.DropName: "bỏ tên gọi P. KHTC",
    say.RenameFrom: f"từ 1/5 {UNIT} đổi tên thành Phòng Kế hoạch", say.MergeUnits: f"sáp nhập {OTHER} vào {UNIT}",
    say.SplitUnit: f"{UNIT} tách thành Phòng Một và Phòng Hai", say.CloseUnit: f"giải thể {UNIT}",
    say.ConfirmUnits: "xác nhận thay đổi đơn vị", say.DropUnits: "bỏ thay đổi đơn vị 1",
    say.ShowUnitChanges: "xem thay đổi đơn vị", say.WithdrawEdition: "rút bản điều chỉnh",
    say.WithdrawPlan: "rút kế hoạch 485", say.RestorePlan: "khôi phục kế hoạch 485",
    say.CopyPlan: "sao chép kế hoạch 485 sang năm 2023",
    say.Undo: "hoàn tác", say.SummaryWanted: "tổng hợp quý 2", say.Help: "trợ giúp", say.Link: "/dangky ABCD2345",
    say.Chatter: "cảm ơn", say.Unclear: "hôm nay trời đẹp quá",
}  # fmt: skip


def page() -> str:
    """The whole page."""
    rows = [
        f"| {LABELS[action]} | {' | '.join(_mark(role, action) for role in ROLES)} | {_said(action)} |"
        for action in Action
    ]
    head = f"| Việc | {' | '.join(ROLES.values())} | Ví dụ |\n|---|{':-:|' * len(ROLES)}---|"
    return "\n".join([HEAD, head, *rows]) + "\n"


def _mark(role: ChatRole, action: Action) -> str:
    return "✓" if may(role.value, action) else ""


def _said(action: Action) -> str:
    """Two examples of what it covers."""
    asked = [
        SAID[intent] for intent, actions in ACTIONS.items() if action in actions and intent is not say.Unclear
    ]
    return "; ".join(f"“{words}”" for words in asked[:2])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
