"""Where the signature belongs in an offered XML document: the names of the I-VAN profile, for persons too."""

from typing import Final

ROOT: Final = "Hoso"
HOLDER: Final = "CKy_Dvi"
SIGNATURE_PATH: Final = f"{ROOT}/{HOLDER}"
