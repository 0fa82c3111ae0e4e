"""A dossier from receipt to signed result: the office's side."""
