"""Keys in files that only the portal's user may read: for a demonstration on a machine without a token."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from ansinh.platform.errors import NotFound
from ansinh.signing import keystore


class FileKeys:
    """`<name>.key.pem` in the folder of keys."""

    def public_key(self, name: str) -> rsa.RSAPublicKey | None:
        """The public half, or None."""
        return keystore.load_rsa_key(name).public_key() if keystore.key_path(name).exists() else None

    def create(self, name: str, *, bits: int) -> rsa.RSAPublicKey:
        """Make the file."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
        keystore.save_key(name, key)
        return key.public_key()

    def sign(self, name: str, data: bytes) -> bytes:
        """The raw signature."""
        if not keystore.key_path(name).exists():
            raise NotFound("no-signing-key", "Người ký này chưa có khóa ký. Xin báo người quản trị cấp chứng thư số.")
        return keystore.load_rsa_key(name).sign(data, padding.PKCS1v15(), hashes.SHA256())
