"""The parts of a deadline phrase: tokens, points in time, dates, spans, rhythms, events."""
