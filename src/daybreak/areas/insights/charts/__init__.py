"""The five charts."""
