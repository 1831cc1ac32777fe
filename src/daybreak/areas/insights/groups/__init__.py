"""Insight groups: named scopes whose scores are compared."""
