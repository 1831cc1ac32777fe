"""What is left of changes of flags that are older than they are kept: the sums of each day."""
