"""Who may act for whom: for a child, for another person, for an organisation."""
