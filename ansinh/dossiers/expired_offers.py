"""Documents that were offered for signing and can be signed no more: their bytes go, the record of the offer stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from ansinh.dossiers.models import DossierPaper, IssuedDocument
from ansinh.files.models import StoredFile
from ansinh.platform.storage import remove_older
from ansinh.signing.models import EvidenceRecord, SigningOffer

RESTS: Final = timedelta(days=1)
"""After its end an offer rests: a signature that came at the last moment is still being judged."""
LOOKED_BACK: Final = timedelta(days=30)
"""So far back a round looks; offers are never deleted, and the older ones were seen by earlier rounds."""


def forget_expired_offers(*, at: datetime) -> int:
    """Remove the bytes of offers that ended unsigned; how many files. A file that serves anything else stays."""
    over = at - RESTS
    ended = SigningOffer.objects.filter(
        evidence__isnull=True, valid_until__lt=over, valid_until__gte=over - LOOKED_BACK
    ).values_list("sha256", flat=True)
    candidates = set(ended)
    serving = _serving(candidates) | set(
        SigningOffer.objects.filter(sha256__in=candidates)
        .exclude(evidence__isnull=True, valid_until__lt=over)
        .values_list("sha256", flat=True)
    )
    return sum(remove_older(one, than=over) for one in candidates - serving)


def _serving(digests: set[str]) -> set[str]:
    """Those that are a paper of somebody, a given document, or what was signed."""
    papers = [model.objects.filter(sha256__in=digests) for model in (StoredFile, DossierPaper, IssuedDocument)]
    found = {one for query in papers for one in query.values_list("sha256", flat=True)}
    signed = EvidenceRecord.objects.filter(document_sha256__in=digests)
    return found | set(signed.values_list("document_sha256", flat=True))
