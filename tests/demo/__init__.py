"""The invented worlds."""
