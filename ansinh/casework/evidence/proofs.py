"""Proof of every sealed event of a dossier, with the checkpoints and time-stamps they rest on."""

from __future__ import annotations

from collections.abc import Iterator

from ansinh.casework.evidence.form import as_json
from ansinh.casework.statement import rows_of
from ansinh.dossiers.models import Dossier
from ansinh.platform.sealed_zip import Entry, entry
from ansinh.proof.inclusion import proofs_about
from ansinh.proof.models import Checkpoint


def proof_entries(dossier: Dossier) -> Iterator[Entry]:
    """`proofs/<index>.proof.json`; `checkpoints/<size>.checkpoint`, the newest too, `.tst` where it is stamped."""
    proofs = proofs_about(rows_of(dossier))
    for proof in proofs:
        yield entry(f"proofs/{proof.index:012d}.proof.json", as_json(proof.to_json()))
    newest = Checkpoint.objects.order_by("-size").first()
    sizes = {proof.size for proof in proofs} | ({newest.size} if newest else set())
    for checkpoint in Checkpoint.objects.filter(size__in=sizes).select_related("stamp").order_by("size"):
        name = f"checkpoints/{checkpoint.size:012d}"
        yield entry(f"{name}.checkpoint", checkpoint.note.encode())
        stamp = getattr(checkpoint, "stamp", None)
        if stamp is not None:
            yield entry(f"{name}.tst", bytes(stamp.token))
