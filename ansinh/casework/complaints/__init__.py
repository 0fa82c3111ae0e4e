"""Complaints about decided dossiers: filed by the applicant, answered by somebody who had no part in the decision."""
