"""Which themes and tables stand still, why, who holds the ball and what would move them on (lifecycles.md 6)."""
