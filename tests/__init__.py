"""The tests mirror the packages; they use a real PostgreSQL."""
