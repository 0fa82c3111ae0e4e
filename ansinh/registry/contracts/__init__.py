"""Treatment contracts with health facilities: in force, changed by an annex, ended, and who has one today."""
