"""How often flags were evaluated, what they served, and for whom: what SDKs tell in summaries."""
