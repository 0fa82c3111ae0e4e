"""Signing with keys kept by a remote service (Cloud Signature Consortium API, versions 1 and 2)."""
