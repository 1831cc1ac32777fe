"""What a git repository knows, read through git's command line: one process per question."""
