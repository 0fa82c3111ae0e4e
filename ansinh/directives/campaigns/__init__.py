"""Campaigns through units: opened, listed, followed, reminded, counted (R-161)."""
