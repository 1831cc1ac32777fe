"""What elsewhere belongs to a feature flag: tickets, conversations, documents."""
