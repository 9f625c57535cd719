"""Tables of words: numerals, Roman quarters, weekdays, “trước”, “chậm nhất”, “hằng tháng”."""

from duties.moments import Edge, Unit
from duties.spelling import fold, syllable

Phrases = dict[str, list[tuple[str, ...]]]
"""Word sequences by their first word, the longest first."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _phrases(text: str) -> Phrases:
    table: Phrases = {}
    for words in sorted({_words(phrase) for phrase in text.split(",")}, key=len, reverse=True):
        table.setdefault(words[0], []).append(words)
    return table


NUMERALS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
NUMBER_WORDS = frozenset({*NUMERALS, "năm", "mươi", "lăm", "mốt", "rưỡi", "không", "linh"})
MONTH_NAMES = NUMERALS | {"năm": 5}
ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "iiii": 4,
}
WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "từ": 2, "bốn": 2, "năm": 3, "sáu": 4, "sau": 4, "bảy": 5, "bẩy": 5}

UNITS = {"tuần": Unit.WEEK, "tháng": Unit.MONTH, "quý": Unit.QUARTER, "năm": Unit.YEAR}
MONTH_COUNTS = {3: Unit.THREE_MONTHS, 6: Unit.HALF, 9: Unit.NINE_MONTHS, 12: Unit.YEAR}
EDGES = {"đầu": Edge.HEAD, "giữa": Edge.MIDDLE, "cuối": Edge.TAIL}

EVERY = frozenset({"hằng", "mỗi", "từng"})
HEADS = frozenset({"định", "báo", "tổng", "sơ", "theo", "các", "tối", "ít"})
"""What begins a rhythm: “định kỳ”, “báo cáo”, “tổng kết”, “theo”, “tối thiểu”."""
ARTICLES = _words("ngày mùng thứ chủ nửa cả toàn trọn giai các những sáng chiều trưa tối buổi")
"""What may stand before a moment, or begins one."""

NEXT = _phrases(
    "sau liền kề, kế tiếp, tiếp theo, liền sau, kế sau, liền kề sau, liền kề, sau, tới, kế, tiếp sau"
)
PREVIOUS = _phrases("trước liền kề, liền kề trước, liền trước, trước đó, trước")
THIS = _phrases("báo cáo")
THIS_YEAR = _phrases("báo cáo, này, nay, đó, kế hoạch, thực hiện, hiện tại")

BEFORE = _phrases("trước, trước thời hạn, trước thời điểm, không muộn hơn trước")
BY = _phrases(
    "chậm nhất, muộn nhất, trễ nhất, không quá, không muộn hơn, không chậm hơn, đến, tới, hết, cho đến, đến "
    "hết, tính đến, kết thúc"
)
IN = _phrases("trong, vào, là, lúc, xong, hoàn thành, thời hạn, thời gian, khoảng thời gian, trọn")

VOCABULARY = _words(
    "hay ngày tháng quý năm tuần giờ phút kỳ hằng mỗi từng các những trước sau từ đến tới đầu giữa cuối tiên cùng "
    "nhất chậm muộn trễ khi kể tính hoặc và lần thứ chủ nhật mùng một hai ba bốn tư sáu bảy bẩy tám chín mười "
    "mươi lăm rưỡi nửa trong vào là hết xong của thuộc ngay theo nay này đó báo cáo liền kề kế tiếp trở đi "
    "giai đoạn cả toàn không quá hơn làm việc hoàn thành định vòng hạn thời gian điểm lúc kết thúc bắt khoảng "
    "nhiệm học tết hè mùa vụ khóa dịp trừ sớm sáng chiều trưa dương lịch âm âl chạp giêng rằm bán niên cho lùi kéo "
    "hoãn với "
    "hoạch hiện thực tại đối tối thiểu đa ít nhau lại sơ tổng riêng số để đúng"
)
"""The words that rules ask for; where two read the same without accents, the first is meant."""

_ALIASES = {
    "hàng": "hằng", "quí": "quý", "kì": "kỳ", "mồng": "mùng", "h": "giờ", "g": "giờ", "t": "tháng", "q": "quý", "năn": "năm",
}  # fmt: skip
# Without accents these read as another word: “ngay” is nearly always “ngày”, “toi” “tới”.
_GIVES_WAY = _words("ngay tối sáu tư tại lại hè đa nhau mươi")

MARKED = {syllable(word): word for word in VOCABULARY} | {
    syllable(odd): word for odd, word in _ALIASES.items()
}
UNMARKED = {fold(word): word for word in reversed(VOCABULARY) if word not in _GIVES_WAY} | {
    fold(odd): word for odd, word in _ALIASES.items()
}

_KINDS_OF_PAPER = (
    "quyet dinh, nghi quyet, nghi dinh, ke hoach, cong van, thong tu, thong bao, chi thi, van ban, to trinh, "
    "cong dien, huong dan, quy dinh, ket luan, chuong trinh, de an, luat, phap lenh, quy che"
)
PAPERS = frozenset(_KINDS_OF_PAPER.split(", "))
"""Kinds of documents, folded: a date after one of them, or after its number, is the document's own."""
NUMBERED = frozenset({"so", "khoan", "dieu", "muc", "phu", "mau", "diem", "bieu"})
"""Before the number of a document or of a part of it: “số 12”, “khoản 2”."""

OTHER_PLANS = _phrases(
    "chuong trinh, chuong trinh cong tac, thong bao, phan cong, ke hoach, tien do, lo trinh, huong dan, chi dao, quy dinh, dung ke hoach, dung tien do, dung lo trinh, "
    "dung quy dinh, chi dao huong dan, yeu cau tien do, thoi gian quy dinh, thoi han quy dinh"
)
REQUESTS = _phrases(
    "khi co yeu cau, khi duoc yeu cau, khi co van ban yeu cau, khi co de nghi, khi duoc de nghi, khi yeu cau, "
    "theo yeu cau, theo de nghi, dot xuat, khi can, khi can thiet, neu co yeu cau, khi co cong van yeu cau, "
    "khi co van ban de nghi, khi co chi dao yeu cau, theo su yeu cau"
)
ALWAYS = _phrases("thuong xuyen, lien tuc, thuong ky")
TURNS = _phrases("dot, lan, ky, buoc, giai doan, vong, lan thu, dot thu")
CUTOFFS = _phrases("chot, so lieu chot, luy ke den")
"""Before the day that closes the data of a report, which is not the day it is due."""
OCCASIONS = _phrases("chao mung, ky niem, huong ung, nhan dip, nhan ngay")
"""Before a day that is celebrated."""
PEAKS = _phrases("cao diem, trong tam")
HARMLESS = _phrases(
    "cao diem, trong tam, dau tu, dau moi, dung dau, hang hoa, ngan hang, khach hang, cua hang, mat hang, ban "
    "hang, hang hai, hang khong, dinh huong, thoi han, thoi gian, thoi diem, thoi ky, giai doan, han cuoi, "
    "bat dau, ket thuc, neu co, neu kha thi, duong lich, bao cao, ky bao cao, sau do, thu truong, gio hanh "
    "chinh, quy dinh, quy che, dien tu, viet nam, trung tam, quan nam, nghi quyet, nam dinh, ha nam, quang "
    "nam, tu phap, han chot, hoan thanh, mot so, mot cua, lan dau, dau gia, den nguoi, ky luat, ky thuat, ky "
    "ket, thu tuc, thu tuong, tu choi, cac nam, trong ky, moi truong, quy hoach, nhat tri, thong nhat, mot "
    "cua lien thong, nhat la, toi thieu, toi da, it nhat, tai lieu, trung uong, dau thau, dau ra, den nhan "
    "dan, chiu trach nhiem truoc, truoc phap luat, khach quy, van hanh, nhu sau, sau day, chu truong, chu "
    "tich, chu tri, kiem tra, hang muc, qua trinh, mua sam, truoc mat, truoc het, truoc tien, ke ca, am thanh, am nhac, ghi am, am muu"
)
"""Words that look like words of time, and are not; folded."""

DANGER = frozenset(
    _words(
        "ngày tháng quý năm tuần giờ kỳ hằng mỗi trước sau đầu giữa cuối khi kể chậm muộn trễ lần mùng hoặc nay "
        "nửa tết hè mùa dịp trừ sớm khoảng lùi kéo hoãn chạp giêng rằm âm âl riêng ngay"
    )
)
"""Left over, each of these could change a date."""
