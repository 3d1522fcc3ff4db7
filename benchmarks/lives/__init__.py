"""Made-up tables led through the gate day by day: what is said, who comes, what stalls."""
