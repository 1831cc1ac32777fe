"""What durations are sorted by, in seconds."""

# What is remembered is answered within the first, and nobody waits longer than the last.
DURATIONS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
LONG_DURATIONS = (0.01, 0.1, 1.0, 10.0, 60.0, 300.0)
