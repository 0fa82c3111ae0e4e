"""Static files under names with a hash of their content, compressed, kept by browsers for a year."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """As whitenoise makes them; before `collectstatic` has run, plain names from the source folder."""

    manifest_strict = False

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a file; what is collected does not change while a process runs, so each is made once."""
        made: dict[str | None, str] = self.__dict__.setdefault("_made", {})
        if name in made:
            return made[name]
        address = str(super().url(name, force))
        if self.hashed_files:
            made[name] = address
        return address

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        """The name with its hash, or the plain name while the file is not collected yet."""
        if content is None and not self.exists(filename or name):
            return name
        return str(super().hashed_name(name, content, filename))
