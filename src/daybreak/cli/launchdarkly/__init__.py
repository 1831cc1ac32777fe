"""Carrying an account over, step by step, and telling what became of it."""
