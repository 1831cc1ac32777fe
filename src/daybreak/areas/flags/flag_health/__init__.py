"""How many temporary flags have done their work."""
