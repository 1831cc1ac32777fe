"""Whether a change of a migration flag keeps both systems consistent."""
