"""Provinces, communes, offices, their reach and their calendar: all dated."""
