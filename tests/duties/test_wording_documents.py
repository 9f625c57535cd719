"""A document's name tells what it is, of when and of whom, on any computer."""

from datetime import date

import pytest

from duties.intents import Document
from duties.windows import Window, quarter_window, span_window
from duties.wording.documents import file_name

QUARTER = quarter_window(2022, 2)
MAY = span_window(date(2022, 5, 1), date(2022, 5, 31))


@pytest.mark.parametrize(
    ("window", "of", "name"),
    [
        (QUARTER, "", "Báo cáo quý II năm 2022.docx"),
        (MAY, "", "Báo cáo từ 01-05-2022 đến 31-05-2022.docx"),
        (QUARTER, "Phòng A / B\\C: <D>", "Báo cáo quý II năm 2022 - Phòng A - B C D.docx"),
    ],
)
def test_it_is_named_for_its_window_and_its_unit(window: Window, of: str, name: str) -> None:
    assert file_name(Document.WORD, window, of, ".docx") == name
