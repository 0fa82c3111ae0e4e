"""The trust list as files: one YAML file an authority, its certificates as PEM beside it.

    name: Tên nơi cấp
    from: 2024-01-01
    to: 2034-01-01
    purposes: [documents, time-stamps]
    root: ten-noi-cap-root.pem
    intermediates: [ten-noi-cap-ca2.pem]
    addresses: ["http://ocsp.example.vn/", "http://crl.example.vn/ca2.crl"]
    unknown: refuse        # or warn: what a question of revocation without an answer means

The computer's own store of certificates is never read.
"""

import hashlib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml
from asn1crypto import pem, x509

from ansinh.signing import keystore
from ansinh.signing.trust.listed import Authority, Purpose, TrustList
from ansinh.signing.trust.parsed import parsed

_KEYS: Final = {"name", "from", "to", "purposes", "root", "intermediates", "addresses", "unknown"}
Stamp = tuple[tuple[str, int, int], ...]


def folder() -> Path:
    """Where the list lies; made when it is not there."""
    place = keystore.folder() / "trust"
    place.mkdir(mode=0o700, exist_ok=True)
    return place


def trust_list() -> TrustList:
    """The list as it lies there now; read again only when a file changed. Raises ValueError naming the wrong file."""
    place = folder()
    stamp = tuple(
        sorted(
            (path.name, (known := path.stat()).st_mtime_ns, known.st_size)
            for path in place.iterdir()
            if path.suffix in {".yaml", ".pem"}
        )
    )
    return _read(place, stamp)


def write(
    slug: str,
    *,
    name: str,
    root: bytes,
    intermediates: list[bytes],
    first_day: date,
    last_day: date,
    addresses: list[str],
    unknown: str,
) -> None:
    """Put an authority on the list for documents and time-stamps, certificates as PEM; it replaces its last entry."""
    place = folder()
    named = {f"{slug}-root.pem": root} | {f"{slug}-{n}.pem": one for n, one in enumerate(intermediates, start=1)}
    entry = {
        "name": name, "from": first_day, "to": last_day, "purposes": [str(one) for one in Purpose],
        "root": f"{slug}-root.pem", "intermediates": list(named)[1:], "addresses": addresses, "unknown": unknown,
    }  # fmt: skip
    text = yaml.safe_dump(entry, allow_unicode=True, sort_keys=False).encode()
    for file, content in {**named, f"{slug}.yaml": text}.items():
        if not (place / file).exists() or (place / file).read_bytes() != content:
            keystore.save(f"trust/{file}", content)


@lru_cache(maxsize=4)
def _read(place: Path, stamp: Stamp) -> TrustList:
    digest = hashlib.sha256(repr(stamp).encode())
    authorities = []
    for name, _, _ in stamp:
        digest.update((place / name).read_bytes())
        if name.endswith(".yaml"):
            authorities.append(_authority(place / name))
    return TrustList(authorities=tuple(authorities), version=digest.hexdigest())


def _authority(path: Path) -> Authority:
    try:
        entry: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        if set(entry) != _KEYS:
            raise ValueError(f"an entry has exactly the keys {sorted(_KEYS)}")
        if entry["unknown"] not in {"refuse", "warn"}:
            raise ValueError("unknown is 'refuse' or 'warn'")
        (root,) = _certificates(path.parent / entry["root"])
        return Authority(
            name=str(entry["name"]),
            root=root,
            intermediates=tuple(one for file in entry["intermediates"] for one in _certificates(path.parent / file)),
            first_day=_day(entry["from"]),
            last_day=_day(entry["to"]),
            purposes=frozenset(Purpose(one) for one in entry["purposes"]),
            addresses=frozenset(str(one) for one in entry["addresses"]),
            unknown=entry["unknown"],
        )
    except (ValueError, TypeError, KeyError, OSError, yaml.YAMLError) as error:
        raise ValueError(f"trust list, {path.name}: {error}") from error


def _certificates(path: Path) -> Iterator[x509.Certificate]:
    for _, _, der in pem.unarmor(path.read_bytes(), multiple=True):
        yield parsed(der)


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise ValueError(f"not a day: {value!r}")
    return value
