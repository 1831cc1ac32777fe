"""Scores of a scope, as they are now or as they were then."""
