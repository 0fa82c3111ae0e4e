"""Campaigns through units: pages of the desk."""
