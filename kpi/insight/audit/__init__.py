"""Somebody's report beside the native files: what agrees, what differs, and what explains it."""
