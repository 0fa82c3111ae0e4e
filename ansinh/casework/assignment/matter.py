"""What a rule of assignment looks at: the procedure, its group, the commune of the address, the unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier
from ansinh.people.models import Organisation


@dataclass(frozen=True)
class Matter:
    """The facts of one dossier at its present step."""

    office_code: str
    role: str
    procedure: str
    group: str
    function: str
    commune_code: str
    unit_code: str


def matter_of(dossier: Dossier) -> Matter:
    """Read from the dossier, its frozen version and, for an organisation, its unit code."""
    procedure = frozen(dossier.version_id).procedure
    unit = Organisation.objects.filter(pk=dossier.owner_id).values_list("unit_code", flat=True).first()
    return Matter(
        office_code=dossier.office_code,
        role=dossier.stage_role,
        procedure=dossier.procedure,
        group=procedure.group,
        function=procedure.route.function,
        commune_code=commune_of(dossier.answers),
        unit_code=unit or "",
    )


def commune_of(answers: Mapping[str, Any]) -> str:
    """The commune of the first address in the declaration, the place of residence before others; empty: none."""
    addresses = [key for key, value in answers.items() if isinstance(value, dict) and value.get("commune")]
    addresses.sort(key=lambda key: ("residence" not in key, "contact" not in key))
    return str(answers[addresses[0]]["commune"]) if addresses else ""
