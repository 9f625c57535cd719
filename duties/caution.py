"""Caution: which words beside “xong” mean nothing, and which could take it back."""

import re

from duties.mentions import Typed
from duties.spelling import fold

# Courtesy and padding, folded.
_FILLERS = """
    a ah ak nhe nha nhi da vang oi em anh chi minh toi ben phong don vi chung kinh thua gui bao cao
    xin cho cac bac roi r nhu luon het deu cung va la thi cai so viec nhiem vu nv cv ve voi cua bot
    vp van co hien nay hom thong alo nhen may ok oke chao cam on uh um u ne ha do day rui ui du chu tri tren
"""
FILLERS = frozenset(_FILLERS.split())
# Words that deny, put off, ask, divide or command. A word typed with its accents must be the word; typed without
# any, it is taken for the one that could take it back.
_TAKES_BACK = """
    chưa chửa không ko k kg khg hông hổng chẳng chả sắp gần đang sẽ mai mốt nếu khi phần nửa bước dự
    cơ cần phải còn nhưng trừ chắc hay hoặc hủy huỷ nhầm sai lộn hỏi tưởng nghe mới tuần xin nhờ đợi
    trước muộn hãy đừng chớ đâu sao nào bao lẽ hình định kế mong muốn hẹn hứa cố gắng thiếu nháp tạm
    dừng hoãn lùi ngoái
"""
TAKES_BACK = frozenset(_TAKES_BACK.split())
_PLAINLY = frozenset(fold(word) for word in TAKES_BACK) - {"cho", "ngoai"}
# “Cho” typed without its accent is a wait only before what people wait for.
_WAITS = re.compile(
    r"(?<!\w)cho (?:ky|duyet|phe|y kien|ket qua|chu ky|lanh dao|so lieu|xac nhan|tham dinh|cap|huong dan|dong dau|phan hoi|tra loi|bo sung)"
)
# What looks like one of them and is not.
HARMLESS = re.compile(
    r"(?:truoc|som|dung|qua|tre|vuot) (?:thoi )?han|som hon|khong (?:co |gap |con )*(?:vuong mac gi|vuong mac|vuong gi|vuong|kho khan gi|kho khan|phat sinh)"
    r"|xin (?:bao cao|cam on|gui|tran trong)|(?:gui|nop|chuyen|trinh)(?: \w+){0,3} cho|da (?:dang|gui|nop|trinh|ban hanh)|tran trong|cam on"
    r"|dang (?:tren|tai|cong|web|trang|tin|bai|len)|ke hoach|du an|co quan|co so|can bo|vua moi|can cu|bao cao|toan bo"
)
_WORD = re.compile(r"[^\W\d_]+")
_NEVER = re.compile(
    r"\?|(?<![\w])\d{1,3} ?%|(?<!\w)(?:di|dau|ha|hong|a)\W*\?|(?<!\w)(?:di|dau) *(?:nhe|nha|em|a)?\W*$"
)


_COURTESY = """
    a ah ak nhe nha nhi da vang oi em anh chi roi r luon voi nua ban
"""
COURTESY = frozenset(_COURTESY.split())


def is_courtesy(text: Typed) -> bool:
    """Nothing but courtesy and punctuation: no reason, no note."""
    return not any(sign.isupper() for sign in text.plain) and all(
        word in COURTESY for word in re.findall(r"[a-z]+|\d+", text.plain)
    )


def is_empty(text: Typed) -> bool:
    """Nothing but courtesy, punctuation and mentions."""
    words = re.findall(r"[a-z]+|\d+", text.plain)
    return all(word in FILLERS for word in words)


def could_take_it_back(text: Typed) -> bool:
    """Something here may mean that it is not done, or not wholly, or only asked or ordered."""
    plain = HARMLESS.sub(lambda match: "H" * len(match.group()), text.plain)
    if _NEVER.search(plain) or _WAITS.search(plain) or "chờ" in text.said.lower():
        return True
    return any(_takes_back(text.said[m.start() : m.end()], m.group()) for m in _WORD.finditer(plain))


def _takes_back(said: str, plain: str) -> bool:
    return said.lower() in TAKES_BACK or (said.isascii() and plain in _PLAINLY)
