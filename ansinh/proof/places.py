"""Copies of the log at other places: each is brought up to the database's last checkpoint, or reported."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from ansinh.proof import faults
from ansinh.proof.copy import Copy, LastSeen
from ansinh.proof.lines import logged_lines
from ansinh.proof.models import Checkpoint, CheckpointStamp, Place
from ansinh.signing.seal import seal_public_key

_LOCK: Final = 7_164_004

log = logging.getLogger(__name__)


def refuse_disagreement(last: Checkpoint | None) -> None:
    """Raise Disagreement when a place that can be read holds more, less than it confirmed, or something else."""
    for folder in settings.PROOF_PLACES:
        try:
            seen = _seen(folder)
        except OSError:
            continue  # told by catch_up
        _compare(folder, seen, last)


def catch_up(*, at: datetime) -> None:
    """Write to every place what it lacks; a place that fails is reported and tried again at the next run."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = Checkpoint.objects.order_by("-size").first()
        if last is None:
            return
        for folder in settings.PROOF_PLACES:
            place, _ = Place.objects.get_or_create(folder=str(folder))
            try:
                _compare(folder, _write(folder, last), last)
            except (OSError, faults.Disagreement) as fault:
                _report(place, fault, at)
            else:
                _confirm(place, last, at)


def bring_up_to(folder: Path, *, last: Checkpoint) -> None:
    """Write the log up to this checkpoint to a folder, which may hold its beginning already. Raises OSError."""
    copy = Copy(folder)
    with copy.held():
        _write_missing(copy, last)


def _write_missing(copy: Copy, last: Checkpoint) -> None:
    seen = copy.last_seen()
    copy.append_lines(logged_lines(seen.size if seen else 0, last.size), start=seen.size if seen else 0)
    missing = Checkpoint.objects.filter(size__gt=seen.size if seen else 0, size__lte=last.size).order_by("size")
    for key_id in missing.order_by().values_list("key_id", flat=True).distinct():
        copy.keep_key(key_id, seal_public_key(key_id))
    copy.append_notes(missing.values_list("note", flat=True).iterator(chunk_size=2000))
    stamps = CheckpointStamp.objects.filter(checkpoint__size__gt=copy.last_stamped(), checkpoint__size__lte=last.size)
    copy.append_stamps(
        (size, bytes(token)) for size, token in stamps.order_by("id").values_list("checkpoint__size", "token")
    )


def _write(folder: Path, last: Checkpoint) -> LastSeen | None:
    _compare(folder, _seen(folder), last)
    bring_up_to(folder, last=last)
    return Copy(folder).last_seen()


def _seen(folder: Path) -> LastSeen | None:
    if _confirmed(folder) and not folder.is_dir():
        raise NotADirectoryError(f"{folder} is not there (a disk that is not mounted?)")
    return Copy(folder).last_seen()


def _confirmed(folder: Path) -> int:
    return Place.objects.filter(folder=str(folder)).values_list("confirmed_size", flat=True).first() or 0


def _compare(folder: Path, seen: LastSeen | None, last: Checkpoint | None) -> None:
    confirmed = _confirmed(folder)
    if (seen.size if seen else 0) < confirmed:
        raise faults.place_shrank(str(folder), size=seen.size if seen else 0, confirmed=confirmed)
    if seen is None:
        return
    if last is None or seen.size > last.size:
        raise faults.older_database(str(folder), size=last.size if last else 0, witnessed=seen.size)
    if Checkpoint.objects.filter(size=seen.size).values_list("note", flat=True).first() != seen.note:
        raise faults.forked(str(folder), size=seen.size)


def _report(place: Place, fault: Exception, at: datetime) -> None:
    log.error("the copy of the log at %s fails: %s", place.folder, fault)
    place.failing_since = place.failing_since or at
    place.last_error = str(fault)
    place.save()


def _confirm(place: Place, last: Checkpoint, at: datetime) -> None:
    if place.confirmed_size != last.size or place.failing_since:
        Place.objects.filter(pk=place.pk).update(
            confirmed_size=last.size, confirmed_at=at, failing_since=None, last_error=""
        )
