"""Tests of the law: worked cases, deadlines, calendar, identifiers and names."""
