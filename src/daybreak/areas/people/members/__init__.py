"""Account members: the people who use this installation."""
