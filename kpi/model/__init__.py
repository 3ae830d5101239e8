"""Frozen values that the floors hand to each other; no reading, no arithmetic on tables."""
