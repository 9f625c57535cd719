"""A duty's page: its wording, who owes what of it until when, and everything that happened, in order."""
