"""For whom a bundle is made."""

from enum import Enum


class Reader(Enum):
    """The applicant reads what the portal shows the applicant; the office reads its own notes too."""

    APPLICANT = "applicant"
    OFFICE = "office"
