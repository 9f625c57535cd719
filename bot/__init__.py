"""The conversation, its channels and pages, and the program that wires them."""
