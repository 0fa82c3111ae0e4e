"""What the measurements share: an own installation, invented applicants, a load generator, figures."""
