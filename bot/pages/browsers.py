"""What a browser calls itself, in two words that its reader knows."""

# the first that is found counts: each calls itself by the names of its forebears, too
BROWSERS = (
    ("Zalo", "Zalo"), ("Telegram", "Telegram"), ("coc_coc", "Cốc Cốc"), ("Edg", "Edge"), ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"),
    ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
MACHINES = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Macintosh", "máy Mac"),
    ("CrOS", "Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


def browser_of(user_agent: str) -> str:
    """“Chrome, Windows”; what is not known is a browser."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "Trình duyệt")
    machine = next((name for mark, name in MACHINES if mark in user_agent), "")
    return f"{browser}, {machine}" if machine else browser
