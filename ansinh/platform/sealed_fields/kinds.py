"""Kinds of sealed values: the blind indexes of one kind are equal for equal numbers, in whichever table they stand."""

from typing import Final

PERSONAL_ID: Final = "personal-id"
BANK_ACCOUNT: Final = "bank-account"
LOGIN: Final = "login"
PERSONAL_DATA: Final = "personal-data"
DECLARED: Final = "declared"
"""Words of people as a whole: never searched, all of one index."""
