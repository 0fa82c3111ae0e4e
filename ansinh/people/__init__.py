"""Persons, accounts, officers, their assignments and delegations."""
