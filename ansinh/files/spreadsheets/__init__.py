"""Spreadsheets people upload: opened apart, read as the text their cells show."""
