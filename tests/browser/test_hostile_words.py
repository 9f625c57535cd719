"""Whatever people call themselves, their units and their plans: every page shows the words, and none runs them."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from bot.pages.site_map import PAGES
from data.engine import open_engine
from tests.browser.conftest import DESK, Visit, free_port, served
from tests.browser.office_site import OfficeSite, Who, furnish
from tests.browser.test_rights_by_url import PART, may_open, path_of

# A tag, the end of an attribute and of a script, and what a page that compiles its templates would compute.
HOSTILE = (
    "<img src=x onerror=hacked=1><script>hacked=1</script>\"' onfocus=hacked=1 autofocus x='</script></textarea>"
    "<svg/onload=hacked=1>{{constructor.constructor('hacked=1')()}}${hacked=1}<style>body{display:none}</style>"
)
WORDS = {
    "agency": ("name",),
    "unit": ("name",),
    "plan": ("title", "number", "signer", "source_name"),
    "duty": ("heading", "content", "phrase", "notes"),
    "duty_unit": ("printed",),
    "chat": ("title",),
    "answer": ("text", "sender"),
    "inbox": ("text", "sender", "file_name"),
    "obligation": ("obstacle",),
    "web_session": ("name", "browser"),
}


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeSite]:
    """The office of the other tests after somebody hostile named everything."""
    folder, port = tmp_path_factory.mktemp("hostile"), free_port()
    database, tokens, ids = furnish(folder)
    engine = open_engine(database)
    with engine.begin() as connection:
        for table, columns in WORDS.items():
            for column in columns:
                # names are unique by their numbers
                said = text(f"UPDATE {table} SET {column} = CAST(id AS TEXT) || :hostile")
                connection.execute(said, {"hostile": HOSTILE})
    engine.dispose()
    settings = {
        "NHACVIEC_DATABASE_URL": database,
        "NHACVIEC_SECRET_FILE": str(folder / "secret"),
        "NHACVIEC_PORT": str(port),
    }
    with served("run", port=port, log=folder / "log", **settings) as url:
        yield OfficeSite(url, database, tokens, ids)


@pytest.mark.parametrize("who", [Who.OFFICE, Who.UNIT])
def test_no_words_run_on_any_page(hostile_site: OfficeSite, visit: Callable[..., Visit], who: Who) -> None:
    opened = visit(DESK)
    shown = []
    for page in (each for each in PAGES if may_open(each, who)):
        [part] = PART.findall(page.path) or [""]
        own = hostile_site.ids[part].own if part in hostile_site.ids else 1
        there = hostile_site.open(opened, who, path_of(page, own))
        there.wait_for_load_state("networkidle")
        assert there.evaluate("typeof hacked") == "undefined", page.path
        assert there.locator("img[src=x], script:text('hacked=1'), svg[onload]").count() == 0, page.path
        assert there.locator("body").is_visible(), page.path
        shown.append("<img src=x" in there.locator("body").inner_text())
    assert any(shown)
    assert opened.outside == []
