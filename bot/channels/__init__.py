"""One folder per channel; none knows another."""
