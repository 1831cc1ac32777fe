"""Entries of the audit log of another account."""
