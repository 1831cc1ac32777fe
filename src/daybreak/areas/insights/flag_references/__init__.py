"""Which flags pull requests and deployments brought into the code, or took out of it."""
