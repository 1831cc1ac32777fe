"""Big segments: lists of members without bounds, kept apart, changed in batches, imported and exported."""
