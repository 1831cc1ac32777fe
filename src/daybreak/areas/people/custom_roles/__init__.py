"""Custom roles: policies with a name, given to members, teams and tokens."""
