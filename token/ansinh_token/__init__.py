"""Sign with a PKCS#11 token of one's own, for a portal's page, on this computer only."""

from typing import Final

VERSION: Final = "1.0"
