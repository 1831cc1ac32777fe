"""Changes of flags that may have moved people from one variation to another."""
