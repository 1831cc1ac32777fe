"""Segments: named groups of contexts that flags serve together."""
