"""Every page behind the door, in the order of the menu. A new page is a file and a line here."""

from bot.pages import chat, own_work, sessions
from bot.pages.duty import page as duty
from bot.pages.letters import page as letters
from bot.pages.overview import list_page
from bot.pages.overview import page as overview
from bot.pages.people import one_unit, roster
from bot.pages.plans import list_page as plans
from bot.pages.plans import plan_page as plan
from bot.pages.work_calendar import page as work_calendar

PAGES = (
    overview.PAGE,
    list_page.PAGE,
    own_work.PAGE,
    duty.PAGE,
    plans.PAGE,
    plan.PAGE,
    roster.PAGE,
    one_unit.PAGE,
    letters.PAGE,
    work_calendar.PAGE,
    chat.PAGE,
    sessions.PAGE,
)
