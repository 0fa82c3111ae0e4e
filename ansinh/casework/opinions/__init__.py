"""Opinions of colleagues and of other agencies, with the day by which they are wanted."""
