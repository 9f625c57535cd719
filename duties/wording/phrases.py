"""Words put together into a phrase: the letter that a phrase begins with."""


def capitalised(words: str) -> str:
    """As a sentence begins: only its first letter, whatever follows."""
    return words[:1].upper() + words[1:]


def uncapitalised(words: str) -> str:
    """As it stands within a sentence: “Quý II” is “quý II”."""
    return words[:1].lower() + words[1:]
