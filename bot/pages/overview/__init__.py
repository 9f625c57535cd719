"""The overview of a window, and the lists that its numbers open."""
