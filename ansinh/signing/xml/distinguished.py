"""A certificate's name as XML signatures write it (RFC 4514): last part first, special letters escaped."""

import re
from typing import Final

from asn1crypto import x509

_SHORT: Final = {
    "common_name": "CN", "organization_name": "O", "organizational_unit_name": "OU", "country_name": "C",
    "state_or_province_name": "ST", "locality_name": "L", "street_address": "STREET",
}  # fmt: skip
_SPECIAL: Final = re.compile(r'([,+"\\<>;=]|^[ #]| $)')


def distinguished(name: x509.Name) -> str:
    """ "CN=…, O=…, C=VN"; parts without a short name go by their object identifier."""
    return ", ".join(
        "+".join(
            f"{_SHORT.get(one['type'].native, one['type'].dotted)}={_SPECIAL.sub(_escaped, str(one['value'].native))}"
            for one in rdn
        )
        for rdn in reversed(list(name.chosen))
    )


def _escaped(found: re.Match[str]) -> str:
    return "\\" + found[1]
