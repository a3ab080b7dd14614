"""`make bench`: ratios measured in one run; see docs/benchmarks.md."""
