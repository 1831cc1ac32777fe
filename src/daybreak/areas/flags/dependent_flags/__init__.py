"""Which flags need a flag: those that name it as a prerequisite."""
