"""Files that somebody brings: which kind they are, and their rows as texts."""
