"""Who may do what: the policy language of custom roles, decided as values."""
