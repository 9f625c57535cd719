"""`python -m benchmarks`: every benchmark, one after another."""

from benchmarks import deadlines, reading

deadlines.main()
reading.main()
