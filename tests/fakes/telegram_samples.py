"""Small things that tests send through the fake Telegram."""

import struct

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480) + b"\x08\x02\0\0\0"


def button(data: str) -> InlineKeyboardMarkup:
    """One button that says “Đã xong”."""
    return InlineKeyboardMarkup([[InlineKeyboardButton("Đã xong", callback_data=data)]])
