"""Proof that an event is in the log: what a receipt carries and anybody can check without us."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef

from ansinh.platform.errors import Conflict, NotFound
from ansinh.platform.models import AuditEvent
from ansinh.proof.lines import LINE
from ansinh.proof.merkle import inclusion_path
from ansinh.proof.models import Leaf
from ansinh.proof.tree import subtree_near
from ansinh.signing.seal import seal_public_key

KIND = "ansinh-inclusion-proof-1"
_SEALED = f"""
SELECT leaf.index, covering.size, covering.note, covering.key_id, {LINE}
FROM platform_auditevent event JOIN proof_leaf leaf ON leaf.event = event.id
CROSS JOIN LATERAL (
    SELECT size, note, key_id FROM proof_checkpoint WHERE size > leaf.index ORDER BY size LIMIT 1
) covering
WHERE """  # noqa: S608 - no value from outside


class NotSealed(Conflict):
    """The event is not in the sealed log yet."""

    def __init__(self) -> None:
        super().__init__("not-sealed-yet", "Sự kiện này chưa được niêm phong. Xin thử lại sau vài giây.")


@dataclass(frozen=True)
class InclusionProof:
    """The event's line leads by `path` to the root that the signed `checkpoint` states; texts and numbers only."""

    kind: str
    line: str
    index: int
    size: int
    path: tuple[str, ...]
    """Hashes from the leaf upwards, hexadecimal (RFC 6962, 2.1.1)."""
    checkpoint: str
    """The whole signed note."""
    key: str
    """The public key that signed, hexadecimal."""

    def to_json(self) -> dict[str, Any]:
        """Values for JSON."""
        return {**asdict(self), "path": list(self.path)}


def proof_of(event_id: int) -> InclusionProof:
    """The proof of an event against the first checkpoint that covers it, so that it is the same for ever.

    Raises NotFound without such an event, NotSealed while it is not sealed (`seal_log.seal_pending` does it at once).
    """
    proofs = _proofs("event.id = %s", event_id)
    if not proofs:
        if not AuditEvent.objects.filter(pk=event_id).exists():
            raise NotFound("no-such-event", "Nhật ký không có sự kiện này.")
        raise NotSealed
    return proofs[0]


def proofs_about(rows: Iterable[UUID]) -> list[InclusionProof]:
    """The proof of every sealed event about these rows, oldest first."""
    return _proofs("event.row_id = ANY(%s)", list(rows))


def all_sealed(rows: Iterable[UUID]) -> bool:
    """Whether no event about these rows waits to be sealed."""
    events = AuditEvent.objects.filter(row_id__in=list(rows))
    return not events.filter(~Exists(Leaf.objects.filter(event=OuterRef("pk")))).exists()


def _proofs(which: str, value: Any) -> list[InclusionProof]:
    """Of the events that this condition names, all of one reading: the tree is asked once for all of them."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_SEALED} {which} ORDER BY event.id", [value])
        found = cursor.fetchall()
    if not found:
        return []
    subtree = subtree_near(*(place for index, size, *_ in found for place in (index, size)))
    return [
        InclusionProof(
            kind=KIND,
            line=line,
            index=index,
            size=size,
            path=tuple(one.hex() for one in inclusion_path(index, size, subtree)),
            checkpoint=note,
            key=seal_public_key(key_id).hex(),
        )
        for index, size, note, key_id, line in found
    ]


def submission_proof(dossier_id: UUID) -> InclusionProof:
    """The proof of the event that made this dossier. Raises like `proof_of`."""
    event = (
        AuditEvent.objects.filter(row_id=dossier_id, table="dossiers_dossier", from_state=None).order_by("id").first()
    )
    if event is None:
        raise NotFound("no-such-event", "Nhật ký không có sự kiện này.")
    return proof_of(event.pk)


def result_proof(dossier_id: UUID) -> InclusionProof:
    """The proof of the newest change of this dossier's state: what a result carries. Raises like `proof_of`."""
    event = AuditEvent.objects.filter(row_id=dossier_id, table="dossiers_dossier").order_by("-id").first()
    if event is None:
        raise NotFound("no-such-event", "Nhật ký không có sự kiện này.")
    return proof_of(event.pk)
