"""The post, both ways: what goes out under a label and a tracking number, what comes in and which dossier it is for."""
