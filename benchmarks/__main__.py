"""`python -m benchmarks`: every benchmark; `python -m benchmarks planning`: that one; `… load --minutes 2`: with its options."""

import sys
from importlib import import_module
from itertools import takewhile

ALL = ("deadlines", "reading", "summary", "overview", "planning", "sending", "flood", "starting", "load")

names = list(takewhile(lambda word: not word.startswith("-"), sys.argv[1:]))
options = sys.argv[1 + len(names) :]
for name in names or ALL:
    main = import_module(f"benchmarks.{name}").main
    main(options) if options else main()
