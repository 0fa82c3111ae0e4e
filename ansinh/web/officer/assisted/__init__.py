"""An officer types for a person at the counter."""
