"""The pages of a person who claims: dossiers, drafts, papers, account."""
