"""Whom the database server runs as. PostgreSQL refuses to be root, and ought to."""

import os
import pwd
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ansinh.platform.errors import NotFound

_KNOWN_SERVICES = ("ansinh", "postgres")


@dataclass(frozen=True)
class Owner:
    """The ordinary user who owns the server's data."""

    uid: int
    gid: int
    name: str

    @property
    def is_me(self) -> bool:
        """Nothing has to be dropped."""
        return self.uid == os.geteuid()

    def identity(self) -> dict[str, object]:
        """Arguments for subprocess that make the child this user; empty when it already is."""
        return {} if self.is_me else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_enter(self, folders: Iterable[Path]) -> bool:
        """Whether this user can list and pass every folder; tried as that user in a child."""
        wanted = [str(folder) for folder in folders]
        if self.is_me:
            return all(os.access(folder, os.R_OK | os.X_OK) for folder in wanted)
        child = os.fork()
        if child == 0:  # the child only looks, and leaves without running anything of the parent
            try:
                os.setgroups([])
                os.setgid(self.gid)
                os.setuid(self.uid)
                os._exit(0 if all(os.access(folder, os.R_OK | os.X_OK) for folder in wanted) else 1)
            finally:
                os._exit(2)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def server_owner(checkout: Path) -> Owner:
    """Me, unless I am root: then the owner of the checkout, a known service user, who called sudo, or nobody."""
    if os.geteuid() != 0:
        return _owner(os.geteuid())
    candidates = [checkout.stat().st_uid, *_service_users(), int(os.environ.get("SUDO_UID", "0"))]
    for uid in candidates:
        if uid != 0:
            return _owner(uid)
    try:
        return _owner(pwd.getpwnam("nobody").pw_uid)
    except KeyError as absent:
        raise NotFound(
            "no-ordinary-user",
            "PostgreSQL không chạy bằng root: hãy chạy ./start bằng người dùng thường."
            " / PostgreSQL does not run as root: run ./start as an ordinary user.",
        ) from absent


def _service_users() -> list[int]:
    known = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return [known[name] for name in _KNOWN_SERVICES if name in known]


def _owner(uid: int) -> Owner:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:  # a container may run a number without a name
        return Owner(uid, os.getegid() if uid == os.geteuid() else uid, str(uid))
    return Owner(uid, entry.pw_gid, entry.pw_name)
