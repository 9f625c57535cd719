"""The letters' page: what went out, what waits, what is to come; pause, send now, announce, and the bots' state."""
