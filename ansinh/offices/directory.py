"""The directory of offices as the public reads it: which communes each office serves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ansinh.offices.models import Commune, Jurisdiction, valid_on


def served_communes(office_codes: set[str], *, on: date) -> Mapping[str, list[str]]:
    """Names of the communes each office serves on a day, by office code; two queries."""
    pairs = list(
        Jurisdiction.objects.filter(valid_on(on), office_id__in=office_codes).values_list("office_id", "commune_code")
    )
    names = dict(
        Commune.objects.filter(valid_on(on), code__in={code for _, code in pairs}).values_list("code", "name_vi")
    )
    served: dict[str, list[str]] = {}
    for office_code, commune_code in pairs:
        if commune_code in names:
            served.setdefault(office_code, []).append(names[commune_code])
    return {office_code: sorted(found) for office_code, found in served.items()}
