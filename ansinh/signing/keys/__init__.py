"""Keys that sign: in a PKCS#11 token, or in files where a demonstration has none. Never in the database."""

from ansinh.signing.keys.interface import KeyProvider, TokenDown
from ansinh.signing.keys.key import SigningKey, signing_key
from ansinh.signing.keys.provider import provider

__all__ = ["KeyProvider", "SigningKey", "TokenDown", "provider", "signing_key"]
