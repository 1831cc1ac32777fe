"""Projects and environments of another account, made the same here."""
