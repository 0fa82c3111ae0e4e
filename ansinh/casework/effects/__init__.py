"""What a granted dossier does to the records: the effects its procedure declares, done in the signing transaction."""
