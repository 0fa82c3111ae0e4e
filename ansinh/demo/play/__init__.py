"""Plays the examples of procedures through the real actions, from the draft to the result."""
