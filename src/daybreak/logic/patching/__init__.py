"""Edits to JSON documents as values: patches applied, documents compared."""
