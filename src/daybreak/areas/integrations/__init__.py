"""What leaves the house: webhooks, and what Relay Proxies are told."""
