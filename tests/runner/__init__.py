"""`./test`: every check, in sections, with one closing line."""
