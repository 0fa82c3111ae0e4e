"""The same act for many dossiers: each in a transaction of its own, with one result a row."""
