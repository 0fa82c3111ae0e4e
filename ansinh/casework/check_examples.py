"""Whether the reasons that examples name are reasons an officer can give."""

from __future__ import annotations

from ansinh.casework.reasons import reasons
from ansinh.catalogue.folder import ProcedureFolder


def reason_faults(folder: ProcedureFolder) -> list[str]:
    """Each reason of an example that is not in reasons.yaml, or is for something else, with its file."""
    where = f"procedures/{folder.slug}/{folder.in_force_on}/examples"
    found: list[str] = []
    for example in folder.examples:
        named = [("supplement", one.reason) for one in example.course.supplement]
        named += [("refusal", one.reason) for one in example.course.refused]
        for use, code in named:
            known = reasons().get(code)
            if known is None or known.use != use:
                found.append(f"{where}/{example.key}.yaml: “{code}” is no reason for a {use}")
    return found
