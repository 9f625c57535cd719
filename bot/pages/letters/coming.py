"""What will go out in the next fortnight, drawn by day."""

from bot.pages.desk import Desk
from bot.pages.html import Tag
from bot.pages.letters.coming_facts import DAYS, Fortnight, ToCome, fortnight
from duties.rights import Action
from duties.wording.dates import named_day
from duties.wording.phrases import uncapitalised


async def draw_coming(desk: Desk) -> None:
    reader = desk.reader
    await desk.live(
        lambda session: fortnight(session, reader.agency_id, reader.now), lambda found: _draw(desk, found)
    )


def _draw(desk: Desk, found: Fortnight) -> None:
    if not found.days:
        with Tag("div", classes="panel nothing"):
            Tag("strong", f"Trong {DAYS} ngày tới không có tin nhắc nào")
            Tag("span", "Tin nhắc có khi việc gần đến hạn, đến hạn hoặc quá hạn.")
        return
    Tag(
        "p",
        f"Dự kiến trong {DAYS} ngày tới nếu không có gì thay đổi; việc đã báo xong thì không nhắc nữa.",
        "fine lead",
    )
    if found.mute:
        _draw_mute(desk, found)
    for on, letters in found.days:
        with Tag("section", classes="panel coming-day", aria_label=named_day(on)):
            Tag("h2", named_day(on))
            with Tag("ul", classes="coming"):
                for letter in letters:
                    _draw_letter(letter)


def _draw_mute(desk: Desk, found: Fortnight) -> None:
    with Tag("div", classes="pause is-on"):
        Tag("p", f"Chưa có nơi nhận tin: {', '.join(found.mute)}. Việc cần nhắc tạm gửi về Văn phòng.")
        if desk.reader.may(Action.MANAGE_UNITS):
            Tag("a", "Mời đơn vị", "button", href="/don-vi")


def _draw_letter(letter: ToCome) -> None:
    with Tag("li", classes="coming-letter"):
        with Tag("p", classes="letter-head"):
            Tag("span", letter.to, "letter-to")
            Tag(
                "span",
                f"{letter.count} việc" if letter.count else f"Tổng hợp {uncapitalised(letter.summary)}",
                "fine",
            )
            if not letter.reachable:
                Tag("span", "chưa có nơi nhận tin", "state overdue")
        if letter.told:
            with Tag("ul", classes="coming-duties"):
                for told in letter.told:
                    with Tag("li"):
                        Tag("a", told.title, href=f"/nhiem-vu/{told.duty_id}?viec={told.code}#viec")
                        Tag("span", f" #{told.code}", "fine")
        if letter.count > len(letter.told):
            Tag("p", f"Và {letter.count - len(letter.told)} việc khác.", "fine")
