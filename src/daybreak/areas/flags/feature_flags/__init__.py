"""Feature flags: what people edit, with the configuration of every environment."""
