"""Targets that are removed when a date comes. Flags have them; the table takes those of segments as well."""
