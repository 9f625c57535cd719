"""Zalo Bot Platform: private chats first, groups by mention, by polling or a webhook."""

ZALO = "zalo"
