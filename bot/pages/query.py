"""What an address says behind its “?”, where whatever is said amiss counts as not said."""

from datetime import date


def number_said(said: str) -> int:
    """A number from 0, as a row of the database may have it; 0 for anything else."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0


def day_said(said: str) -> date | None:
    """A day as the browser writes it (ISO); None for anything else."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
