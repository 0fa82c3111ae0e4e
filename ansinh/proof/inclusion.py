"""Proof that an event is in the log: what a receipt carries and anybody can check without us."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from ansinh.platform.errors import Conflict, NotFound
from ansinh.platform.models import AuditEvent
from ansinh.proof.lines import logged_lines
from ansinh.proof.merkle import inclusion_path
from ansinh.proof.models import Checkpoint, Leaf
from ansinh.proof.tree import subtree_near
from ansinh.signing.seal import seal_public_key

KIND = "ansinh-inclusion-proof-1"


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
    leaf = Leaf.objects.filter(event=event_id).first()
    if leaf is None:
        if not AuditEvent.objects.filter(pk=event_id).exists():
            raise NotFound("no-such-event", "Nhật ký không có sự kiện này.")
        raise NotSealed
    checkpoint = Checkpoint.objects.filter(size__gt=leaf.index).order_by("size")[0]
    path = inclusion_path(leaf.index, checkpoint.size, subtree_near(leaf.index, checkpoint.size))
    return InclusionProof(
        kind=KIND,
        line=next(logged_lines(leaf.index, leaf.index + 1)),
        index=leaf.index,
        size=checkpoint.size,
        path=tuple(one.hex() for one in path),
        checkpoint=checkpoint.note,
        key=seal_public_key(checkpoint.key_id).hex(),
    )


def proofs_about(rows: Iterable[UUID]) -> list[InclusionProof]:
    """The proof of every sealed event about these rows, oldest first."""
    events = AuditEvent.objects.filter(row_id__in=list(rows)).order_by("id").values_list("pk", flat=True)
    sealed = set(Leaf.objects.filter(event__in=list(events)).values_list("event", flat=True))
    return [proof_of(event) for event in events if event in sealed]


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
