"""Uploads go to a temporary file piece by piece; what lies beyond the limit is not kept, only noticed."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from ansinh.files.limits import MAX_BYTES

MOST_FILES = 20


class BoundedUpload(TemporaryFileUploadHandler):
    """At most one byte more than a paper may have, so that `files.receive` can say that it is too large."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.kept = 0
        self.files = 0

    def new_file(self, *arguments: Any, **options: Any) -> None:
        """Begin a file; its count starts anew."""
        super().new_file(*arguments, **options)
        self.kept = 0
        self.files += 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write what still fits. Files beyond the most are left empty."""
        room = MAX_BYTES + 1 - self.kept if self.files <= MOST_FILES else 0
        if room > 0:
            self.file.write(raw_data[:room])
            self.kept += min(room, len(raw_data))

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The file with the size that was kept."""
        return super().file_complete(self.kept)
