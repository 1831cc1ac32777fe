"""Flags, segments and kinds of contexts of another account, made the same here."""
