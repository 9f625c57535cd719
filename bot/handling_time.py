"""How long this process takes to handle what comes in."""

from prometheus_client import Histogram

# an answer is expected within a second
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
HANDLING = Histogram(
    "nhacviec_update_handling_seconds",
    "From taking a message in to its answer being written.",
    ["channel"],
    buckets=BUCKETS,
    registry=None,
)
