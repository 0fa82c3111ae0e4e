"""The officers' desk: today's work, dossiers, registrations at the counter."""
