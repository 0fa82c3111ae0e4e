"""Tables of many rows in a form: pasted, uploaded, looked at in pages, mended row by row, taken home as a file."""
