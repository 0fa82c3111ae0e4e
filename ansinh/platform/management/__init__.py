"""Django's commands that this context changes."""
