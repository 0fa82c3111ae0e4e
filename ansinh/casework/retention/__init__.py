"""How long registration dossiers are kept, and how they end: listed, approved by another person, destroyed (R-062)."""
