"""A duty's wording, as its plan has it and as it was understood."""

from bot.pages.duty.facts import Named, Wording
from bot.pages.html import Tag
from duties.plan import DutyKind, Role

ROLES = {Role.LEAD: "Chủ trì", Role.PARTNER: "Phối hợp"}


def draw_wording(wording: Wording) -> None:
    with Tag("section", classes="panel duty-wording", aria_label="Lời văn trong kế hoạch"):
        Tag("h2", "Lời văn trong kế hoạch")
        Tag("p", f"{wording.code} {wording.content}".strip(), "duty-content")
        with Tag("dl", classes="facts"):
            _draw_phrase(wording)
            for role, label in ROLES.items():
                _draw_list(label, [_named(each) for each in wording.units if each.role is role])
            if wording.kind is DutyKind.REPORT and wording.receiver:
                _draw_list("Gửi báo cáo cho", [wording.receiver])
            _draw_list("Hình thức, nội dung cụ thể", wording.forms, is_numbered=len(wording.forms) > 1)
            _draw_list("Sản phẩm", wording.deliverables, is_numbered=len(wording.deliverables) > 1)
            _draw_list("Ghi chú", [wording.notes] if wording.notes else [])
            _draw_list("Sự kiện đã ghi", wording.events)
            _draw_list("Mốc hỏi tiến độ", wording.milestones)
            _draw_list("Minh chứng", ["Bắt buộc khi báo xong"] if wording.needs_evidence else [])
            _draw_list("Vị trí trong tệp", [wording.place] if wording.place else [])


def _draw_phrase(wording: Wording) -> None:
    with Tag("div"):
        Tag("dt", "Thời hạn")
        with Tag("dd"):
            Tag("p", f"Kế hoạch ghi: “{wording.phrase}”" if wording.phrase else "Kế hoạch không ghi")
            if wording.set_to:
                Tag("p", f"Văn phòng ghi lại: “{wording.set_to}”")
            if wording.says:
                Tag("p", f"Được hiểu là: {wording.says}", "fine")


def _named(each: Named) -> str:
    known = f" (nay là {each.known})" if each.known else ""
    own = f": gạch đầu dòng {', '.join(map(str, each.bullets))}" if each.bullets else ""
    return f"{each.printed}{known}{own}"


def _draw_list(name: str, values: list[str] | tuple[str, ...], *, is_numbered: bool = False) -> None:
    if not values:
        return
    with Tag("div"):
        Tag("dt", name)
        with Tag("dd"):
            if len(values) == 1:
                Tag("p", values[0])
                return
            with Tag("ol" if is_numbered else "ul", classes="numbered" if is_numbered else "plain-list"):
                for value in values:
                    Tag("li", value)
