"""A dossier from draft to submission, supplement and withdrawal: the applicant's side."""
