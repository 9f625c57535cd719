"""A new edition beside the plan in force: the counts, the lists with their numbers, what is asked, what was done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from duties.editions import Comparison, Part, Version
from duties.message import Choice, Line, Look, Message
from duties.wording.draft_pages import pages
from duties.wording.entries import Entry, shortened, titled
from duties.wording.meanings import Became, until_said, with_changes

PARTS = {
    Part.CODE: "số",
    Part.CONTENT: "nội dung",
    Part.FORMS: "hình thức",
    Part.DELIVERABLES: "sản phẩm",
    Part.LEADS: "đơn vị chủ trì",
    Part.PARTNERS: "đơn vị phối hợp",
    Part.PHRASE: "thời hạn",
    Part.HEADING: "nhóm",
    Part.RECEIVER: "nơi nhận",
    Part.NOTES: "ghi chú",
}
SHOW = Choice("Xem thay đổi", "xem thay đổi")
CONFIRM = Choice("Xác nhận", "xác nhận")
DROP = Choice("Hủy kế hoạch", "hủy kế hoạch")
KEEP_REST = Choice("Giữ nhiệm vụ không nêu", "giữ nhiệm vụ không nêu")
DROP_REST = Choice("Bỏ nhiệm vụ không nêu", "bỏ nhiệm vụ không nêu")


@dataclass(frozen=True)
class Edition:
    """`of` names the plan in force; `numbers` are those of the lists; `still_open`: obligations that would end, by duty.

    `drops`: whether what is not named ends; None: the office has not said, and has to.
    """

    of: str
    found: Comparison
    numbers: Mapping[int, int]
    drops: bool | None
    still_open: Mapping[int, int] = field(default_factory=dict)


def plan_called(number: str, title: str) -> str:
    return f"kế hoạch số {number}" if number else f"kế hoạch “{shortened(title, 80)}”"


def compared(edition: Edition) -> list[Message]:
    """The counts, and what has to be said before it can be confirmed."""
    found = edition.found
    gone = (
        "sẽ thôi theo dõi"
        if edition.drops
        else "không nêu, giữ nguyên"
        if edition.drops is False
        else "không nêu"
    )
    lines = [
        Line(f"Đây là bản điều chỉnh của {edition.of} đang thực hiện.", Look.TITLE),
        Line(
            f"Giữ nguyên {len(found.same)} · thay đổi {len(found.changed)} · mới {len(found.new)} · "
            f"{gone} {len(found.gone)} · cần hỏi {len(found.unsure)}."
        ),
        *_asked(edition),
    ]
    if not found.unsure and edition.drops is not None:
        lines.append(
            Line(
                "Gõ “xem thay đổi” để xem từng nhiệm vụ, “xác nhận” để áp dụng; báo cáo và minh chứng đã có được giữ."
            )
        )
    *before, last = pages(lines)
    return [*before, Message(last.lines, (SHOW, *_choices(edition)))]


def _choices(edition: Edition) -> tuple[Choice, ...]:
    if edition.drops is None:
        return KEEP_REST, DROP_REST
    return (DROP,) if edition.found.unsure else (CONFIRM, DROP)


def _asked(edition: Edition) -> list[Line]:
    lines = [Line(_unsure(edition, each.new, each.maybe), Look.ITEM) for each in edition.found.unsure]
    if lines:
        lines.insert(0, Line("Xin Văn phòng cho biết:", Look.TITLE))
    if edition.drops is None:
        lines.append(
            Line(
                f"Bản này không nêu {len(edition.found.gone)} nhiệm vụ đang thực hiện. Nếu bản này chỉ ghi phần thay đổi, "
                f"gõ “{KEEP_REST.says}”; nếu các nhiệm vụ đó không còn, gõ “{DROP_REST.says}”."
            )
        )
    return lines


def _unsure(edition: Edition, new: Version, maybe: Sequence[Version]) -> str:
    number = edition.numbers[new.id]
    was = " hay ".join(f"{edition.numbers[each.id]}. {_called(each, 60)}" for each in maybe)
    first = maybe[0].code or str(edition.numbers[maybe[0].id])
    return f"- {number}. {_called(new, 80)}: có phải {was}? → gõ “{number} là {first} cũ” hoặc “{number} là nhiệm vụ mới”"


def _called(version: Version, most: int) -> str:
    return f"{version.code} “{shortened(version.content, most)}”".strip()


def changes(edition: Edition) -> list[Message]:
    """Every duty that is not the same, by its number."""
    found, numbers = edition.found, edition.numbers
    lines = [Line(f"So với {edition.of}: {len(found.same)} nhiệm vụ giữ nguyên.", Look.TITLE)]
    lines += _section(
        "Thay đổi",
        (
            f"{numbers[pair.new.id]}. {_called(pair.new, 60)}: "
            + "; ".join(
                "{} “{}” → “{}”".format(PARTS[each.part], *where_they_differ(each.before, each.after))
                for each in pair.changed
            )
            for pair in found.changed
        ),
    )
    lines += _section("Mới", (f"{numbers[each.id]}. {_new(each)}" for each in found.new))
    title = "Không nêu, vẫn giữ" if edition.drops is False else "Không còn"
    lines += _section(
        title, (f"{numbers[each.id]}. {_called(each, 80)}{_ends(edition, each)}" for each in found.gone)
    )
    lines += _asked(edition)
    lines.append(Line("Chưa đúng thì gõ, ví dụ: “5 là nhiệm vụ mới”, “5 là 2.3 cũ”.", Look.QUIET))
    *before, last = pages(lines)
    return [*before, Message(last.lines, _choices(edition))]


SHOWN, BEFORE_IT = 90, 24


def where_they_differ(before: str, after: str) -> tuple[str, str]:
    """Both texts, long ones from a few words before the place where they part."""
    if not before or not after or max(len(before), len(after)) <= SHOWN:
        return shortened(before, SHOWN) or "không ghi", shortened(after, SHOWN) or "không ghi"
    letters = enumerate(zip(before, after, strict=False))
    same = next((place for place, (one, other) in letters if one != other), min(len(before), len(after)))
    start = before.rfind(" ", 0, max(same - BEFORE_IT, 0)) + 1
    lead = "…" if start else ""
    return lead + shortened(before[start:], SHOWN), lead + shortened(after[start:], SHOWN)


def _new(version: Version) -> str:
    leads = "; ".join(each.printed for each in version.leads) or "CHƯA CÓ ĐƠN VỊ"
    return f"{_called(version, 90)} — {leads} — {shortened(version.phrase, 60) or 'không ghi thời hạn'}"


def _ends(edition: Edition, version: Version) -> str:
    count = edition.still_open.get(version.id, 0)
    return f" ({count} phần việc chưa xong sẽ thôi theo dõi)" if count and edition.drops else ""


def _section(title: str, texts: Iterable[str]) -> list[Line]:
    lines = [Line(text, Look.ITEM) for text in texts]
    return [Line(f"{title} ({len(lines)}):", Look.TITLE), *lines] if lines else []


def is_it_an_edition(plans: Sequence[tuple[str, str]]) -> Message:
    """`plans`: the words that name each plan in force it may change, and what to write for it."""
    names = "; ".join(name for name, _ in plans)
    choices = [
        Choice(f"Điều chỉnh {name}", f"đây là bản điều chỉnh của kế hoạch {said}") for name, said in plans
    ]
    return Message(
        (
            Line(
                f"Kế hoạch này giống kế hoạch đang thực hiện ({names}). Đây là bản điều chỉnh hay một kế hoạch riêng?"
            ),
            Line(f"Gõ “{choices[0].says}” hoặc “kế hoạch riêng”.", Look.QUIET),
        ),
        (*choices, Choice("Kế hoạch riêng", "kế hoạch riêng")),
    )


def own_plan() -> Message:
    return Message(
        (Line("Đã ghi: đây là một kế hoạch riêng, không thay kế hoạch nào. Gõ “xác nhận” khi đã đúng."),),
        (CONFIRM,),
    )


def merged(edition: Edition, number: str, became: Became, ended: Sequence[Entry]) -> Message:
    """What was done, and how to take it back."""
    found = edition.found
    gone = f", bỏ {len(found.gone)}" if edition.drops and found.gone else ""
    by = f" theo kế hoạch số {number}" if number else ""
    lines = [
        Line(f"Đã điều chỉnh {edition.of}{by}.", Look.TITLE),
        Line(
            f"Giữ nguyên {len(found.same)} nhiệm vụ, sửa {len(found.changed)}, thêm {len(found.new)}{gone}. "
            "Báo cáo, quyết định, minh chứng và mã việc đã có được giữ."
        ),
    ]
    if ended:
        codes = "; ".join(f"#{entry.short_code} {entry.unit}" for entry in ended[:8])
        more = f"; và {len(ended) - 8} phần việc khác" if len(ended) > 8 else ""
        lines.append(Line(f"Thôi theo dõi ({len(ended)}): {codes}{more}.", Look.ITEM))
    return with_changes(Message(tuple(lines), (Choice("Hoàn tác", "rút bản điều chỉnh"),)), became)


def to_unit(unit: str, of: str, changed: Sequence[Entry], ended: Sequence[Entry]) -> Message:
    """A unit hears what a new edition means for it, in one letter."""
    lines = [Line(f"Kính gửi {unit}: {of} vừa được điều chỉnh.", Look.TITLE)]
    lines += [
        Line(f"- {titled(entry, 80)} (#{entry.short_code}): {until_said(entry)}", Look.ITEM)
        for entry in changed
    ]
    lines += [
        Line(f"- {titled(entry, 80)} (#{entry.short_code}): không còn phải thực hiện", Look.ITEM)
        for entry in ended
    ]
    return Message(tuple(lines), (Choice("Xem danh sách", "/viec"),))


def taken_back(of: str, became: Became) -> Message:
    text = (
        f"Đã rút bản điều chỉnh; {of} trở lại như trước. Bản điều chỉnh lại chờ xác nhận: gõ /kehoach để xem."
    )
    return with_changes(Message((Line(text),), (Choice("Xem kế hoạch", "/kehoach"),)), became)


def no_edition() -> str:
    return "Không có bản điều chỉnh nào đang chờ. Gửi tệp kế hoạch điều chỉnh, rồi gõ “đây là bản điều chỉnh của kế hoạch 485”."


def no_such_plan(number: str) -> str:
    which = f"Không có kế hoạch số {number}" if number else "Chưa có kế hoạch nào"
    return f"{which} đang thực hiện. Gõ /kehoach để xem các kế hoạch."


def which_plan(numbers: Sequence[str]) -> str:
    return f"Xin ghi số kế hoạch được điều chỉnh, ví dụ “đây là bản điều chỉnh của kế hoạch {numbers[0]}”. Đang thực hiện: {'; '.join(numbers)}."


def no_such_number(number: int) -> str:
    return f"Bản điều chỉnh không có nhiệm vụ {number}. Gõ “xem thay đổi” để xem số của từng nhiệm vụ."


def no_such_old(was: str) -> str:
    return f"Kế hoạch đang thực hiện không có nhiệm vụ {was}. Gõ “xem thay đổi” để xem."


def several_old(was: str, old: Sequence[tuple[int, str]]) -> str:
    shown = "; ".join(f"{number}. “{shortened(content, 60)}”" for number, content in old)
    return f"Có {len(old)} nhiệm vụ cũ cùng số {was}: {shown}. Xin ghi số đứng đầu, ví dụ “5 là {old[0][0]}”."


def taken_already(was: str, number: int) -> str:
    return f"Nhiệm vụ cũ {was} đã được ghép với {number}. Gõ “{number} là nhiệm vụ mới” trước, rồi ghép lại."


def nothing_to_take_back() -> str:
    return "Không có bản điều chỉnh nào đã áp dụng."


def too_late(count: int) -> str:
    return (
        f"Đã có báo cáo hoặc quyết định về {count} phần việc sau khi điều chỉnh nên không rút cả bản được. "
        "Sửa từng nhiệm vụ: “2.3 hạn …”, “2.3 giao Phòng …”, “không tính #mã”; hoặc gửi một bản điều chỉnh mới."
    )


def in_force_already() -> str:
    return "Tệp này đã gửi trước đó và đang thực hiện; không có gì để so."


def in_full(edition: Edition) -> dict[str, Any]:
    """The comparison for another program: each duty by its number in the lists."""
    found = edition.found
    return {
        "of": edition.of,
        "drops": edition.drops,
        "same": [_plain(edition, pair.new, was=pair.old) for pair in found.same],
        "changed": [
            {
                **_plain(edition, pair.new, was=pair.old),
                "changes": [
                    {"part": each.part.value, "before": each.before, "after": each.after}
                    for each in pair.changed
                ],
            }
            for pair in found.changed
        ],
        "new": [_plain(edition, each) for each in found.new],
        "gone": [
            {**_plain(edition, each), "open": edition.still_open.get(each.id, 0)} for each in found.gone
        ],
        "unsure": [
            {**_plain(edition, each.new), "maybe": [_plain(edition, one) for one in each.maybe]}
            for each in found.unsure
        ],
    }


def _plain(edition: Edition, version: Version, was: Version | None = None) -> dict[str, Any]:
    return {
        "number": edition.numbers[version.id],
        "code": version.code,
        "content": version.content,
        "leads": [each.printed for each in version.leads],
        "phrase": version.phrase,
        **({"was": edition.numbers[was.id], "old_code": was.code} if was else {}),
    }
