"""Calculators anybody may use: a short form, the amount as a sentence, its conditions and steps. Nothing is kept."""
