"""Whether the history can be believed: its chains, its tree, its rules, and that everything is as it tells."""
