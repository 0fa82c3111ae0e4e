"""An Sinh: the system behind electronic transactions of Vietnam Social Security."""
