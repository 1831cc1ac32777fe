"""Teams: members who share roles."""
