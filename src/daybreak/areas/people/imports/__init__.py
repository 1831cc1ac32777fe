"""Custom roles, teams and members of another account, made the same here."""
