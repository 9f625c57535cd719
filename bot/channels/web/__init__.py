"""The built-in web chat: a channel that needs no account."""
