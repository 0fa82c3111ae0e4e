"""The private PostgreSQL of an installation without DATABASE_URL."""
