"""All of it in words, numbers, charts and files."""
