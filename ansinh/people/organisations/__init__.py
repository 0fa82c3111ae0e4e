"""Organisations: who works for them and may do what, what signs for them, who transmits for them."""
