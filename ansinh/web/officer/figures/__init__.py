"""Numbers that directors steer by: pages of the desk."""
