"""What a semantic patch can tell a flag to become: pure functions from a flag to the next."""
