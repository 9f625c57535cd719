"""Keep everything: a backup of either database that either can be restored from."""
