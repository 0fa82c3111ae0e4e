"""One item each way of a dossier, as rows."""

from __future__ import annotations

import io

from ansinh.dossiers.models import Dossier
from ansinh.files.models import StoredFile
from ansinh.platform.identifiers import uuid7
from ansinh.platform.storage import put
from ansinh.post.models import IncomingItem, IncomingScan, OutgoingItem
from tests.files import samples
from tests.world import FILED_AT, LOCAL_OFFICE, World


def posted_both_ways(
    dossier: Dossier, world: World, office: str = LOCAL_OFFICE
) -> tuple[OutgoingItem, IncomingItem, IncomingScan]:
    """Something that waits for the post, and something that came with a scan."""
    officer = world["counter"].officer_id
    out = OutgoingItem.objects.create(
        number=f"BG{uuid7().int % 10**10:010d}", office_code=office, dossier=dossier, contents="result",
        what="x", recipient="x", address="x", made_at=FILED_AT, made_by_id=officer,
    )  # fmt: skip
    came = IncomingItem.objects.create(
        office_code=office, sender="x", received_on=FILED_AT.date(), what="x", registered_at=FILED_AT,
        registered_by_id=officer, state="matched", dossier=dossier, ended_at=FILED_AT, ended_by_id=officer,
    )  # fmt: skip
    picture = samples.jpeg()
    stored = put(io.BytesIO(picture), limit=len(picture))
    file, _ = StoredFile.objects.get_or_create(
        sha256=stored.sha256, defaults={"size": stored.size, "media_type": "image/jpeg", "created_at": FILED_AT}
    )
    scan = IncomingScan.objects.create(
        item=came, file=file, name="x.jpg", page_count=1, scanned_at=FILED_AT, scanned_by_id=officer
    )
    return out, came, scan
