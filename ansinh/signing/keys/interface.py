"""What a place of keys can do."""

from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import rsa

from ansinh.platform.errors import NotNow


class TokenDown(NotNow):
    """The token with the keys does not answer."""

    def __init__(self) -> None:
        super().__init__(
            "token-down",
            "Thiết bị giữ khóa ký đang không trả lời. Việc ký được làm tiếp ngay khi thiết bị hoạt động lại.",
        )


class KeyProvider(Protocol):
    """RSA keys by name. Private halves never leave it."""

    def public_key(self, name: str) -> rsa.RSAPublicKey | None:
        """The public half of the key of this name, or None. Raises TokenDown."""

    def create(self, name: str, *, bits: int) -> rsa.RSAPublicKey:
        """Make a key that stays here. Raises TokenDown."""

    def sign(self, name: str, data: bytes) -> bytes:
        """RSA PKCS #1 v1.5 over the SHA-256 of `data`. Raises NotFound, TokenDown."""
