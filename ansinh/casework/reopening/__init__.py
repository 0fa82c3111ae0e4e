"""What happens after a decision: a closed dossier is opened again on a ground, and decided once more."""
