"""The post, both ways."""
