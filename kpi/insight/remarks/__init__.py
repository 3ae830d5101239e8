"""What is worth saying of a period, found by arithmetic: typed detectors that seldom cry wolf."""
