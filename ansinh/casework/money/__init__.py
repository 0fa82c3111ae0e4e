"""What a dossier has to do with money: asked for when it is filed, waited for, received, given back, paid out."""
