"""Every page behind the door, in the order of the menu. A new page is a file and a line here."""

from bot.pages import chat, own_work
from bot.pages.duty import page as duty
from bot.pages.overview import list_page
from bot.pages.overview import page as overview

PAGES = (
    overview.PAGE,
    list_page.PAGE,
    own_work.PAGE,
    duty.PAGE,
    chat.PAGE,
)
