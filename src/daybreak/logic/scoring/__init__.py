"""From counts and medians of a period to scores of 0 to 100, and why."""
