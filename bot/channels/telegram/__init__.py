"""Telegram: private chats, groups and their topics, by long polling or a webhook."""

import os

# Without it the library warns at every “retry after”, and gives whole seconds where the time is finer.
os.environ.setdefault("PTB_TIMEDELTA", "true")

TELEGRAM = "telegram"
