"""Whole lists of members of big segments: imported from files, exported to one."""
