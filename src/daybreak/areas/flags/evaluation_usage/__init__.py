"""How often a flag was evaluated along time, by what it served."""
