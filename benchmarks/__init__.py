"""How fast poyta is, as ratios measured in one run."""
