"""Which duty of a new edition is which of the old, and what changed in it."""

import pytest

from duties.editions import Announced, Comparison, Named, Part, Version, announced, compare, is_number

COLUMN = "Xây dựng chuyên mục cải cách hành chính trên trang thông tin điện tử"
MEETING = "Tổ chức hội nghị quán triệt kế hoạch tuyên truyền"
LEAFLET = "In và phát tờ rơi giới thiệu dịch vụ công trực tuyến"
PLANS, PRESS = Named("Phòng Kế hoạch", "#1"), Named("Phòng Báo chí", "#2")


def version(id: int, code: str, content: str, *leads: Named, phrase: str = "30/6") -> Version:
    return Version(id, code, content, leads=leads, phrase=phrase)


OLD = [version(1, "1.1", COLUMN, PLANS), version(2, "1.2", MEETING, PRESS), version(3, "1.3", LEAFLET, PRESS)]


def ids(found: Comparison) -> list[tuple[int, int]]:
    return [(pair.new.id, pair.old.id) for pair in found.pairs]


def test_the_same_text_is_the_same() -> None:
    found = compare(
        OLD, [version(n + 10, each.code, each.content, *each.leads) for n, each in enumerate(OLD)]
    )
    assert ids(found) == [(10, 1), (11, 2), (12, 3)]
    assert len(found.same) == 3


def test_another_order_and_other_codes_are_no_other_duties() -> None:
    found = compare(
        OLD,
        [
            version(11, "1.1", LEAFLET, PRESS),
            version(12, "1.2", COLUMN, PLANS),
            version(13, "1.3", MEETING, PRESS),
        ],
    )
    assert ids(found) == [(11, 3), (12, 1), (13, 2)]
    assert [[each.part for each in pair.changed] for pair in found.pairs] == [[Part.CODE]] * 3


def test_a_word_more_is_a_change_of_content() -> None:
    found = compare(OLD, [version(11, "1.1", f"{COLUMN} của Sở", PLANS)])
    assert [each.part for each in found.pairs[0].changed] == [Part.CONTENT]


def test_every_part_that_changed_is_named_with_both_texts() -> None:
    found = compare(OLD[:1], [version(11, "1.1", COLUMN, PRESS, phrase="20/7")])
    said = [(each.part, each.before, each.after) for each in found.changed[0].changed]
    assert said == [(Part.LEADS, "Phòng Kế hoạch", "Phòng Báo chí"), (Part.PHRASE, "30/6", "20/7")]


def test_another_spelling_of_one_unit_is_no_change() -> None:
    found = compare(OLD[:1], [version(11, "1.1", COLUMN, Named("P. Kế hoạch", "#1"))])
    assert found.same


def test_an_edition_that_prints_no_unit_takes_none_away() -> None:
    assert compare(OLD[:1], [version(11, "1.1", COLUMN)]).same


def test_what_is_nowhere_else_is_new_or_gone() -> None:
    found = compare(
        OLD, [version(11, "1.1", COLUMN, PLANS), version(14, "1.4", "Phát động cuộc thi viết", PLANS)]
    )
    assert [each.id for each in found.new] == [14]
    assert [each.id for each in found.gone] == [2, 3]


def test_two_of_one_text_are_taken_by_their_codes() -> None:
    twice = [version(1, "1", COLUMN, PLANS), version(2, "2", COLUMN, PRESS)]
    found = compare(twice, [version(11, "2", COLUMN, PRESS), version(12, "1", COLUMN, PLANS)])
    assert ids(found) == [(11, 2), (12, 1)]


def test_one_of_two_equal_texts_left_is_asked_about() -> None:
    twice = [version(1, "1", COLUMN, PLANS), version(2, "2", COLUMN, PRESS)]
    found = compare(twice, [version(11, "3", COLUMN, PLANS)])
    assert [[one.id for one in each.maybe] for each in found.unsure] == [[1, 2]]


def test_texts_that_differ_only_by_a_number_are_asked_about() -> None:
    old = [version(1, "1", "Tuyên truyền trên Đài, nội dung kỳ 1 của chuyên đề", PLANS)]
    found = compare(old, [version(11, "2", "Tuyên truyền trên Đài, nội dung kỳ 2 của chuyên đề", PLANS)])
    assert [each.new.id for each in found.unsure] == [11]


def test_somewhat_like_is_asked_and_not_guessed() -> None:
    like = version(11, "5", "In tờ rơi, áp phích giới thiệu cải cách hành chính và dịch vụ công", PRESS)
    found = compare(OLD, [like])
    assert [[one.id for one in each.maybe] for each in found.unsure] == [[3]]
    assert not found.new


@pytest.mark.parametrize(("said", "new", "pairs"), [({11: None}, [11], []), ({11: 2}, [], [(11, 2)])])
def test_the_office_s_word_goes_before_everything(
    said: dict[int, int | None], new: list[int], pairs: list[tuple[int, int]]
) -> None:
    found = compare(OLD, [version(11, "1.1", COLUMN, PLANS)], said)
    assert ([each.id for each in found.new], ids(found)) == (new, pairs)


def test_few_duties_named_may_be_only_what_changes() -> None:
    assert compare(OLD, [version(11, "1.1", COLUMN, PLANS)]).names_few


def test_many_duties_in_another_order_find_their_own() -> None:
    things = ("chuyên mục", "hội nghị", "tờ rơi", "cuộc thi", "tập huấn", "kiểm tra", "khảo sát")
    many = [f"{things[n % 7]} {things[n // 7 % 7]} {things[n // 49 % 7]} lần thứ {n}" for n in range(300)]
    old = [version(n, str(n), text, PLANS) for n, text in enumerate(many)]
    new = [version(1000 + n, str(n), text, PLANS) for n, text in enumerate(reversed(many))]
    assert all(pair.new.id - 1000 == 299 - pair.old.id for pair in compare(old, new).pairs)


@pytest.mark.parametrize(
    ("title", "says"),
    [
        ("Điều chỉnh, bổ sung Kế hoạch số 485/KH-STTTT ngày 25/02/2022", Announced("485/KH-STTTT")),
        ("Bổ sung Kế hoạch số 485/KH-STTTT về tuyên truyền", Announced("485/KH-STTTT", adds_only=True)),
        ("Sửa đổi, bổ sung một số nội dung kế hoạch cải cách hành chính", Announced()),
        ("Tuyên truyền cải cách hành chính năm 2022", None),
        ("Thực hiện các nhiệm vụ bổ sung năm 2022", None),
    ],
)
def test_a_title_says_what_it_changes(title: str, says: Announced | None) -> None:
    assert announced(title) == says


@pytest.mark.parametrize(
    ("said", "meant"), [("485", True), ("485/KH-STTTT", True), ("48", False), ("85", False)]
)
def test_a_number_may_be_said_short(said: str, meant: bool) -> None:
    assert is_number(said, "485/KH-STTTT") is meant
