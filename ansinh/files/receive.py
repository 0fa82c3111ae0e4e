"""Take a file into a person's own store of papers (R-083, R-109)."""

import json
import tempfile
from datetime import datetime
from typing import BinaryIO, NamedTuple
from uuid import UUID

from django.db import transaction

from ansinh.files.limits import MAX_BYTES, MAX_PAPERS, MediaType
from ansinh.files.models import Paper, StoredFile
from ansinh.files.names import cleaned, display_name
from ansinh.files.refusals import refusal
from ansinh.files.sandbox import Undecodable, decode
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.storage import Readable, Stored, put

_CHUNK = 64 * 1024


class Inspected(NamedTuple):
    """What the content turned out to be."""

    media_type: MediaType
    pages: int


def receive(stream: Readable, *, owner_id: UUID, name: str, kind: str, at: datetime) -> Paper:
    """The paper made of the bytes of `stream`; the one already held when it is the same file of the same kind.

    `name` is the sender's file name, `kind` a paper key of the procedures. Nothing refused reaches the
    storage. Raises Invalid with a code of files/refusals.py.
    """
    shown = cleaned(name)
    with tempfile.TemporaryFile() as spool:
        _spool(stream, spool, name=shown)
        inspected = _inspected(spool, name=shown)
        spool.seek(0)
        stored = put(spool, limit=MAX_BYTES)
    return _keep(stored, inspected, owner_id=owner_id, name=name, kind=kind, at=at)


class Scan(NamedTuple):
    """A scanned file that lies in nobody's store: its row, the name shown, its pages."""

    file: StoredFile
    name: str
    pages: int


def receive_scan(stream: Readable, *, name: str, at: datetime) -> Scan:
    """As `receive_for_the_house`, with what a person is shown of it. Raises Invalid."""
    with tempfile.TemporaryFile() as spool:
        _spool(stream, spool, name=cleaned(name))
        inspected = _inspected(spool, name=cleaned(name))
        spool.seek(0)
        stored = put(spool, limit=MAX_BYTES)
    file = _stored(stored, inspected, at=at)
    return Scan(file, display_name(name, inspected.media_type), inspected.pages)


def receive_for_the_house(stream: Readable, *, name: str, at: datetime) -> StoredFile:
    """The same check for a file that lies in nobody's store (a receipt an officer scanned). Raises Invalid."""
    return receive_scan(stream, name=name, at=at).file


def _stored(stored: Stored, inspected: Inspected, *, at: datetime) -> StoredFile:
    kept, _ = StoredFile.objects.get_or_create(
        sha256=stored.sha256,
        defaults={"size": stored.size, "media_type": inspected.media_type, "created_at": at},
    )
    return kept


def _spool(stream: Readable, spool: BinaryIO, *, name: str) -> None:
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > MAX_BYTES:
            raise refusal("file-too-large", name=name)
        spool.write(chunk)
    if size == 0:
        raise refusal("file-empty", name=name)
    spool.flush()


def _inspected(spool: BinaryIO, *, name: str) -> Inspected:
    try:
        found = json.loads(decode(spool, "inspect"))
    except Undecodable as refused:
        raise refusal(refused.code, name=name) from refused
    return Inspected(MediaType(found["media_type"]), found["pages"])


@as_the_house()  # whose store it is, the caller has asked
@transaction.atomic
def _keep(stored: Stored, inspected: Inspected, *, owner_id: UUID, name: str, kind: str, at: datetime) -> Paper:
    shown = display_name(name, inspected.media_type)
    held = Paper.objects.of(owner_id)
    same = held.filter(file_id=stored.sha256, kind=kind).first()
    if same is not None:
        return same
    if held.count() >= MAX_PAPERS:
        raise refusal("too-many-papers", name=shown)
    _stored(stored, inspected, at=at)
    paper, _ = Paper.objects.get_or_create(
        owner_id=owner_id,
        file_id=stored.sha256,
        kind=kind,
        discarded_at=None,
        defaults={"name": shown, "page_count": inspected.pages, "uploaded_at": at},
    )
    return paper
