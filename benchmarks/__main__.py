"""`python -m benchmarks`: every benchmark, one after another; `python -m benchmarks planning`: that one."""

import sys
from importlib import import_module

ALL = ("deadlines", "reading", "summary", "planning", "sending", "flood")

for name in sys.argv[1:] or ALL:
    import_module(f"benchmarks.{name}").main()
