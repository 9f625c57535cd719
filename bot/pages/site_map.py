"""Every page behind the door, in the order of the menu. A new page is a file and a line here."""

from bot.pages import chat, own_work

PAGES = (
    own_work.PAGE,
    chat.PAGE,
)
