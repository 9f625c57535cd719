"""The core: what an office knows. Pure: no clock, no file, no network, no database."""
