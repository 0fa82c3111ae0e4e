"""Whom we believe: a dated list of authorities, chains judged at a moment, and what issuers say of certificates."""
