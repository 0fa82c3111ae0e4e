"""The name of the secret that the bank and the portal share to sign notices."""

from typing import Final

BANK_NOTICES: Final = "bank-notices"
