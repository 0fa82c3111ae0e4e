"""What granted dossiers do."""
