"""A database backend for Django's settings: PostgreSQL, told in each transaction who looks."""
