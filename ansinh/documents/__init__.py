"""Papers the portal issues: typst templates, number words and QR codes. Holds no models."""
