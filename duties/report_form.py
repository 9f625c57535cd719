"""Reading what an office enters about its reports: “người ký: TL. GIÁM ĐỐC / CHÁNH VĂN PHÒNG / Nguyễn Văn A”."""

import re
from dataclasses import replace

from duties.errors import DutyError
from duties.intents import FormField
from duties.report_settings import ReportSettings
from duties.spelling import clean, fold
from duties.thresholds import STANDARD, Threshold

LONGEST_LINE, MOST_LINES = 160, 20
DEGREES = re.compile(r"(?:gs|pgs|ts|ths|ks|cn|bs|ls|ts\.?kh)[. ]")
ABOVE = r"(?:tren|vuot|hon|>)"
FROM = r"(?:tu|dat|>=|toi thieu|it nhat)"
THRESHOLD = re.compile(rf"(?:(?P<above>{ABOVE})|{FROM}) ?(?P<percent>\d{{1,3}}) ?%?(?: tro len)?")


class UnfitEntry(DutyError):
    """Nội dung này chưa ghi được vào mẫu báo cáo."""


def changed(settings: ReportSettings, field: FormField, words: str) -> ReportSettings:
    """The settings with one thing entered anew; nothing makes it blank again. Raises UnfitEntry."""
    match field:
        case FormField.ADDRESSED_TO:
            return replace(settings, addressed_to=_lines(words))
        case FormField.RECIPIENTS:
            return replace(settings, recipients=_lines(words))
        case FormField.SIGNER:
            return _signed(settings, words)
        case FormField.THRESHOLDS:
            return replace(settings, thresholds=_thresholds(words))
        case _:
            raise ValueError(f"{field} is the agency's own")


def entered(words: str) -> str:
    """One line, in one spelling. Raises UnfitEntry."""
    line = clean(words)
    if len(line) > LONGEST_LINE:
        raise UnfitEntry(f"Dòng này dài hơn {LONGEST_LINE} ký tự; xin viết gọn lại.")
    return line


def code(words: str) -> str:
    """“STTTT”: capitals, digits and dashes."""
    line = entered(words).upper()
    if line and not re.fullmatch(r"[A-ZĐÂĂÊÔƠƯ0-9&.-]{1,20}", line):
        raise UnfitEntry("Ký hiệu chỉ gồm chữ hoa, số và gạch nối, viết liền, ví dụ: “mẫu ký hiệu: STTTT”.")
    return line


def _lines(words: str) -> tuple[str, ...]:
    """“- A; - B.” line by line, without their punctuation."""
    parts = (entered(part).strip(" -–+;.,") for part in re.split(r"[;\n]", words))
    lines = tuple(part for part in parts if part)
    if len(lines) > MOST_LINES:
        raise UnfitEntry(f"Nhiều hơn {MOST_LINES} dòng; xin gộp lại.")
    return lines


def _signed(settings: ReportSettings, words: str) -> ReportSettings:
    """The lines of authority in capitals, then the name; capitals alone leave the name for the clerk."""
    lines = tuple(part for part in (entered(part) for part in re.split(r"[/;\n]", words)) if part)
    if not lines:
        return replace(settings, authority=(), signer="")
    name = "" if lines[-1].isupper() else lines[-1]
    authority = lines[:-1] if name else lines
    if not authority or len(authority) > 3:
        raise UnfitEntry(
            "Xin ghi chức vụ rồi đến họ tên, cách nhau bằng dấu /, ví dụ: "
            "“người ký: TL. GIÁM ĐỐC / CHÁNH VĂN PHÒNG / họ và tên”."
        )
    if DEGREES.match(fold(name)):
        raise UnfitEntry(
            "Trước họ tên người ký không ghi học hàm, học vị (Nghị định 30/2020/NĐ-CP); xin ghi lại."
        )
    return replace(settings, authority=tuple(line.upper() for line in authority), signer=name)


def _thresholds(words: str) -> tuple[Threshold, ...]:
    """“Trên 90, từ 70”; nothing said is the old scale again."""
    if not words:
        return STANDARD
    found = [
        THRESHOLD.fullmatch(fold(part).strip()) for part in re.split(r"[,;]| và ", words) if part.strip()
    ]
    try:
        read = {Threshold(int(each["percent"]), bool(each["above"])) for each in found if each}
    except ValueError:
        read = set()
    if not read or None in found:
        raise UnfitEntry("Chưa hiểu các ngưỡng này; ví dụ: “ngưỡng: trên 90, từ 70”.")
    return tuple(sorted(read, key=lambda each: (each.percent, each.above)))
