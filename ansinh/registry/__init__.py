"""Insured persons: contribution history, books, cards, benefits in payment."""
