"""Every sentence we say, as functions from values to Message; a module for each moment."""
