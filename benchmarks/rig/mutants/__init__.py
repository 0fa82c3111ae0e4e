"""Changed copies of valid signed papers, none of which may be believed."""
