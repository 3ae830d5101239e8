"""Measurements on demand: a package, so that a module may be called like the tests of what it measures."""
