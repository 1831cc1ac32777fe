"""Everything that follows from the deployments of one scope: commits, changes, totals, failures."""
