"""XML signatures in the profile of I-VAN files: enveloped, C14N 1.0, RSA with SHA-256, one reference to the whole."""
