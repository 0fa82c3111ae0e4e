"""From what a signature shows to a report: whose it is, since when, whether it may be believed.

Without a believed time-stamp nobody can know when a signature was made: then the certificate must hold both at the
moment the signer claims and at `at`, the moment from which we know the file (ETSI EN 319 102-1, 5.5: no proof of
existence earlier than that).
"""

from datetime import datetime, timedelta
from typing import Final

from ansinh.platform.zone import VIETNAM
from ansinh.signing.report import ExpectedSigner, SignatureReport, TimeStamp, findings
from ansinh.signing.shown import Shown, Token
from ansinh.signing.trust.bundle import is_sound
from ansinh.signing.trust.folder import trust_list
from ansinh.signing.trust.judge import Judged, judge
from ansinh.signing.trust.listed import Purpose, TrustList
from ansinh.signing.trust.names import facts_of, is_of, signer_of
from ansinh.signing.trust.parsed import MALFORMED
from ansinh.signing.trust.revocation import Material

CLOCKS_DIFFER: Final = timedelta(minutes=10)


def report(
    shown: Shown, *, at: datetime, expected_uid: ExpectedSigner | None, whole: bool, digest: str
) -> SignatureReport:
    """The report on one signature. `whole`: it covers the whole document; `digest`: SHA-256 of the file."""
    try:
        return _report(shown, at=at, expected_uid=expected_uid, whole=whole, digest=digest)
    except MALFORMED:  # a certificate that is none shows it only when it is read
        return SignatureReport(findings([*shown.codes, "malformed-signature"]), digest=digest)


def _report(
    shown: Shown, *, at: datetime, expected_uid: ExpectedSigner | None, whole: bool, digest: str
) -> SignatureReport:
    if shown.certificate is None:
        return SignatureReport(findings(list(shown.codes)), findings(list(shown.warnings)), digest=digest)
    listed = trust_list()
    codes, warnings = list(shown.codes), list(shown.warnings)
    stamp = _stamp(shown, listed=listed, at=at, warnings=warnings)
    moments = _moments(shown.claimed_at, proven=stamp.at if stamp else at)
    if moments[0] > at + CLOCKS_DIFFER:
        codes.append("signed-in-future")
        moments = [at]
    judged = judge(
        shown.certificate, listed=listed, moments=moments, at=at, purpose=Purpose.DOCUMENTS, material=shown.material
    )
    codes += judged.faults
    if judged.authority and not is_sound(shown.material.certificates, listed=listed):
        codes.append("malformed-signature")
    warnings += judged.warnings
    if expected_uid and not is_of(shown.certificate, expected_uid):
        codes.append("other-subject")
    return SignatureReport(
        findings=findings(codes),
        warnings=findings([code for code in warnings if code not in codes]),
        signer=signer_of(shown.certificate),
        certificate=facts_of(shown.certificate),
        signed_at=shown.claimed_at or (stamp.at if stamp else None),
        timestamp=stamp,
        revocation=judged.revocation,
        covers_whole_document=whole,
        digest=digest,
    )


def _moments(claimed: datetime | None, *, proven: datetime) -> list[datetime]:
    """When the certificate must have held; the proven moment is the last."""
    return [proven] if claimed is None or claimed == proven else [claimed, proven]


def _stamp(shown: Shown, *, listed: TrustList, at: datetime, warnings: list[str]) -> TimeStamp | None:
    """The time-stamp if its authority is believed; otherwise a warning and nothing that counts."""
    if shown.token is None:
        warnings.append("no-time-stamp")
        return None
    judged = _judged_token(shown.token, listed=listed, at=at, material=shown.material)
    if judged.faults or shown.token.at > at + CLOCKS_DIFFER:
        warnings.append("time-stamp-not-trusted")
        return None
    return TimeStamp(authority=signer_of(shown.token.certificate).common_name or judged.authority, at=shown.token.at)


def _judged_token(token: Token, *, listed: TrustList, at: datetime, material: Material) -> Judged:
    together = Material((*token.others, *material.certificates), material.ocsp, material.crls)
    return judge(
        token.certificate, listed=listed, moments=[token.at], at=at, purpose=Purpose.TIME_STAMPS, material=together
    )


def local_moment(text: str) -> datetime | None:
    """A moment in ISO 8601; without a zone it is Vietnam's. None when it is none."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
