"""Is this PDF signed by somebody we believe, and unchanged? For anyone, about any file."""

import base64
import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from ansinh.platform.apart.workers import ChildFailed
from ansinh.signing import verdict
from ansinh.signing.apart import READERS
from ansinh.signing.examine import Examined, ExaminedSignature
from ansinh.signing.report import ExpectedSigner, SignatureReport, findings
from ansinh.signing.shown import Shown, Token
from ansinh.signing.trust.parsed import MALFORMED, parsed
from ansinh.signing.trust.revocation import Material

MAX_BYTES: Final = 20 * 1024 * 1024


def check_pdf(pdf: bytes, *, at: datetime, expected_uid: ExpectedSigner | None = None) -> SignatureReport:
    """Examine a PDF of unknown origin in a child process (10 s of processor, 512 MiB) and judge what it shows.

    `at` is the moment from which we know the file: now, or when it was received or issued. With `expected_uid`
    there must be exactly one signature, and it must be that person's or organisation's. The report tells of the last
    signature; faults of the earlier ones are in it. Every file gets a report; nothing is raised about its content.
    """
    examined = Examined(("too-large",)) if len(pdf) > MAX_BYTES else _examined_alone(pdf)
    return report_of(examined, at=at, expected_uid=expected_uid, digest=hashlib.sha256(pdf).hexdigest())


def report_of(
    examined: Examined, *, at: datetime, expected_uid: ExpectedSigner | None, digest: str
) -> SignatureReport:  # fmt: skip
    """The report on what was examined."""
    if not examined.signatures:
        return SignatureReport(findings(list(examined.codes)), digest=digest)
    try:
        material = _material(examined)
    except MALFORMED:
        return SignatureReport(findings([*examined.codes, "malformed-signature"]), digest=digest)
    reports = [
        verdict.report(
            _shown(one, material), at=at, expected_uid=expected_uid, whole=examined.covers_whole_document, digest=digest
        )
        for one in examined.signatures
    ]
    several = ["several-signatures"] if len(reports) > 1 else []
    codes = [*examined.codes, *(one.code for report in reports for one in report.findings)]
    warnings = [one.code for report in reports for one in report.warnings]
    return replace(
        reports[-1],
        findings=findings([*codes, *(several if expected_uid else [])]),
        warnings=findings([*([] if expected_uid else several), *warnings]),
    )


def _examined_alone(pdf: bytes) -> Examined:
    try:
        answer: dict[str, Any] = READERS.ask("examine", pdf)
    except ChildFailed:
        return Examined(("check-failed",))
    signatures = tuple(ExaminedSignature(**_tuples(one)) for one in answer.pop("signatures"))
    return Examined(signatures=signatures, **_tuples(answer))


def _tuples(values: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def _material(examined: Examined) -> Material:
    return Material(
        certificates=_certificates(examined.certificates),
        ocsp=tuple(base64.b64decode(one) for one in examined.ocsp),
        crls=tuple(base64.b64decode(one) for one in examined.crls),
    )


def _shown(one: ExaminedSignature, material: Material) -> Shown:
    if not one.certificate:
        return Shown(codes=one.codes)
    try:
        return _parsed(one, material)
    except MALFORMED:
        return Shown(codes=(*one.codes, "malformed-signature"))


def _parsed(one: ExaminedSignature, material: Material) -> Shown:
    token = None
    if one.stamped_at:
        others = _certificates(one.stamper_certificates)
        token = Token(datetime.fromisoformat(one.stamped_at), parsed(base64.b64decode(one.stamper)), others)
    return Shown(
        codes=one.codes,
        certificate=parsed(base64.b64decode(one.certificate)),
        material=replace(material, certificates=(*_certificates(one.certificates), *material.certificates)),
        claimed_at=datetime.fromisoformat(one.claimed_at) if one.claimed_at else None,
        token=token,
    )


def _certificates(encoded: tuple[str, ...]) -> tuple[Any, ...]:
    """Raises one of MALFORMED: a file may bring anything under that name."""
    return tuple(parsed(base64.b64decode(one)) for one in encoded)
