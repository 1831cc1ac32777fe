"""What Relay Proxies are told: which environments each of them serves."""
