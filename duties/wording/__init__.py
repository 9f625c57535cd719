"""Every sentence we say, as functions from values to a Message, a drawer for each moment."""
