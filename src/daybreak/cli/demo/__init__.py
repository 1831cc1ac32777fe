"""A made-up shop: a project with flags, and people who use them, to look at and to play with."""
