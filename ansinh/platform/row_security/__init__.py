"""PostgreSQL's row security as the second wall: who looks is told to each transaction, policies do the rest."""
