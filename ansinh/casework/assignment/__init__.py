"""Who is given a dossier: rules of the office, by hand, or fairly; every choice is kept with its reason."""
