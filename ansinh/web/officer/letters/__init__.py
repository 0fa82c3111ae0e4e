"""Letters on the desk: drafts, issue, distribution, what came in, groups of recipients."""
