"""Everything that a database holds, carried into another one or into a file, and compared."""
