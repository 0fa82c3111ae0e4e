"""Notes of the office beside a dossier, dossiers that belong together, and those that may be the same."""
