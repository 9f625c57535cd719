"""Numbers as Vietnamese write them."""


def whole(number: int) -> str:
    """3.000"""
    return f"{number:,}".replace(",", ".")
