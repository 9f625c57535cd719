"""The office's calendar and how it reminds: days off, report windows, the nudge policy, milestones; changed after a look."""
