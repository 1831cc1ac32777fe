"""OAuth 2.0 clients: programs that act for members who allow them to."""
