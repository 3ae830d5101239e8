"""What the owner gave, kept in a database: files, mappings, answers, goals, targets."""
