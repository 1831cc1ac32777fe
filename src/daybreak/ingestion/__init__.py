"""Events of SDKs: taken, added up in memory, and written once a second."""
