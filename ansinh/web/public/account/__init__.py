"""Sign-in, registration and forgotten password."""
