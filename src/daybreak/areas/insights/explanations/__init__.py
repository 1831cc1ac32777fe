"""Why a score is what it is: the rows behind it."""
