"""The organisations a person acts for: their facts, people, certificates and mandates."""
