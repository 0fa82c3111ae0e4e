"""Django finds commands here by their file names."""
