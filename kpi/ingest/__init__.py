"""From bytes to tables, in a child process with hard limits."""
