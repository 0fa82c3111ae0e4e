"""The evidence of a dossier in one file that anybody can check without us."""
