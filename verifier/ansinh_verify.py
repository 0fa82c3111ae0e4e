#!/usr/bin/env python3
"""Kiểm tra nhật ký, văn bản và gói bằng chứng của An Sinh, không cần An Sinh.

Check An Sinh's log, papers and evidence bundles without An Sinh. Python 3.9 or newer and the package `cryptography`;
one file, no network. Everything it believes is on the command line: keys (--key) and authorities (--trust).

    ansinh_verify.py log DIR [DIR …] [--key HEX] [--trust PEM] [--at-least NOTE]
    ansinh_verify.py paper FILE.pdf|FILE.xml --trust PEM [--key HEX]
    ansinh_verify.py bundle FILE.zip --trust PEM [--key HEX]
    ansinh_verify.py proof FILE.json [--key HEX]
    ansinh_verify.py qr TEXT --key HEX [--paper FILE.pdf]

Exit status: 0 everything is right, 1 something is wrong, 2 it could not be checked.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import hashlib
import io
import json
import os
import re
import struct
import sys
import tempfile
import uuid
import zlib
from collections import Counter
from datetime import datetime, timedelta, timezone
from xml.parsers import expat

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

try:
    from fcntl import LOCK_SH, flock
except ImportError:  # Windows: copies there are not being written
    flock = None

sha256 = hashlib.sha256
LINES_A_FILE = 4096

KINDS = {
    "edited": ("bị sửa", "edited"),
    "deleted": ("bị xoá", "deleted"),
    "inserted": ("bị chèn thêm", "inserted"),
    "reordered": ("bị đổi thứ tự", "reordered"),
    "truncated": ("bị cắt phần cuối", "truncated"),
    "forked": ("rẽ thành hai lịch sử", "forked"),
    "older-backup": ("là một bản cũ hơn", "an older backup"),
    "swapped-checkpoint": ("mốc niêm phong bị tráo", "a checkpoint was swapped"),
    "changed": ("không khớp mốc niêm phong", "does not fit its checkpoint"),
    "bad-stamp": ("dấu thời gian không đúng", "a time-stamp is wrong"),
    "unreadable": ("không đọc được", "unreadable"),
    "empty": ("không có gì", "empty"),
}


class Bad(Exception):
    """Something is wrong: a kind and words in both languages."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(f"{vi} / {en}")


class Finding:
    """What is wrong with one copy of the log, and from which index on."""

    def __init__(self, folder: str, kind: str, index: int, detail: str = "") -> None:
        self.folder, self.kind, self.index, self.detail = folder, kind, index, detail

    def __str__(self) -> str:
        vi, en = KINDS[self.kind]
        more = f" ({self.detail})" if self.detail else ""
        return f"SAI / WRONG  {self.folder}: {self.kind}, {vi} / {en}, index {self.index}{more}"


# --- the log ---------------------------------------------------------------------------------------------------------


class Note:
    """A checkpoint: a signed note (C2SP), its five lines read."""

    def __init__(self, signed: str, keys: dict) -> None:
        text, _, signatures = signed.partition("\n\n")
        origin, size, root, at, previous = text.split("\n")
        self.signed, self.origin, self.size = signed, origin, int(size)
        self.root, self.previous = base64.b64decode(root, validate=True), previous.replace("previous ", "", 1)
        self.at = at.replace("at ", "", 1)
        self.is_signed = any(self._made_by(key, (text + "\n").encode(), signatures) for key in keys.values())

    def _made_by(self, key: bytes, text: bytes, signatures: str) -> bool:
        hint = sha256(self.origin.encode() + b"\n\x01" + key).digest()[:4]
        for line in signatures.splitlines():
            words = line.split(" ")
            if len(words) != 3 or words[0] != "—" or words[1] != self.origin:
                continue
            with contextlib.suppress(ValueError, InvalidSignature):
                raw = base64.b64decode(words[2], validate=True)
                if raw[:4] == hint:
                    ed25519.Ed25519PublicKey.from_public_bytes(key).verify(raw[4:], text)
                    return True
        return False

    def digest(self) -> str:
        """How the next checkpoint names this one."""
        return sha256(self.signed.encode()).hexdigest()


class Log:
    """One copy of the log. Lines are read from the disk when they are needed, never all at once."""

    def __init__(self, folder: str, keys: dict) -> None:
        self.folder = folder
        self.keys = keys or self._own_keys()
        self.notes, self.fault = [], None
        try:
            for row in self._rows("checkpoints.jsonl"):
                self.notes.append(Note(row["note"], self.keys))
        except (ValueError, KeyError, TypeError, AttributeError):
            self.fault = Finding(folder, "swapped-checkpoint", self.notes[-1].size if self.notes else 0, "unreadable")
        self.files = self._files()

    @property
    def claimed(self) -> int:
        """The size of the last checkpoint."""
        return self.notes[-1].size if self.notes else 0

    def lines(self, start: int = 0):
        """Every line without its end, in order, from the index `start` (a multiple of the lines in a file)."""
        for path in self.files[start // LINES_A_FILE :]:
            with open(path, "rb") as file:
                yield from _split(file.read())

    def _files(self) -> list:
        place = os.path.join(self.folder, "events")
        names = sorted(os.listdir(place)) if os.path.isdir(place) else []
        return [os.path.join(place, name) for name in names if re.fullmatch(r"\d{12}\.jsonl", name)]

    def _rows(self, name: str):
        path = os.path.join(self.folder, name)
        if os.path.exists(path):
            with open(path, "rb") as file:
                for line in _split(file.read()):
                    yield json.loads(line)

    def stamps(self):
        """Size and token of every time-stamp."""
        for row in self._rows("stamps.jsonl"):
            yield int(row["size"]), base64.b64decode(row["token"])

    def _own_keys(self) -> dict:
        found, place = {}, os.path.join(self.folder, "keys")
        for name in os.listdir(place) if os.path.isdir(place) else []:
            with open(os.path.join(place, name), encoding="ascii") as file:
                key = bytes.fromhex(file.read().strip())
            found[sha256(key).hexdigest()] = key
        return found


def _split(content: bytes) -> list:
    """Lines without their ends; a last one that has no end is a line too."""
    rows = content.split(b"\n")
    return rows if rows[-1] else rows[:-1]


def check_alone(log: Log):
    """The first fault of a copy looked at by itself, or None: signatures, order of sizes, and every root."""
    if log.fault:
        return log.fault
    if not log.notes:
        return Finding(log.folder, "empty", 0)
    previous = None
    for note in log.notes:
        expected = "-" if previous is None else previous.digest()
        wrong_order = previous is not None and (note.size <= previous.size or note.origin != previous.origin)
        if not note.is_signed or note.previous != expected or wrong_order:
            return Finding(
                log.folder, "swapped-checkpoint", previous.size if previous else 0, f"checkpoint {note.size}"
            )
        previous = note
    return _check_roots(log)


def _check_roots(log: Log):
    roots, size, good = [], 0, 0
    waiting = iter(log.notes)
    note = next(waiting)
    digest = sha256
    for line in log.lines():
        if note is None:
            return Finding(log.folder, "inserted", size, "after the last checkpoint")
        root, place = digest(b"\x00" + line).digest(), size
        while place & 1:
            root, place = digest(b"\x01" + roots.pop() + root).digest(), place >> 1
        roots.append(root)
        size += 1
        if size == note.size:
            if _root(roots) != note.root:
                return Finding(log.folder, "changed", good, f"{good}–{size - 1}")
            good, note = size, next(waiting, None)
    if note is not None:
        return Finding(log.folder, "truncated", size, f"checkpoint {log.claimed}")
    return None


def _root(roots: list) -> bytes:
    root = roots[-1]
    for left in reversed(roots[:-1]):
        root = sha256(b"\x01" + left + root).digest()
    return root


def compare(right: Log, other: Log):
    """How `other` differs from a copy known to be right; None when it is the same."""
    at = _first_difference(right, other)
    if at is not None:
        return _kind_of_difference(right, other, at)
    for mine, theirs in zip(right.notes, other.notes):
        if mine.signed != theirs.signed:
            return Finding(other.folder, "swapped-checkpoint", theirs.size, f"checkpoint {mine.size}")
    if len(other.notes) < len(right.notes):
        return Finding(other.folder, "older-backup", other.claimed, f"{other.claimed} < {right.claimed}")
    if len(other.notes) > len(right.notes):
        return Finding(other.folder, "swapped-checkpoint", right.claimed, "one too many")
    return None


def _first_difference(right: Log, other: Log):
    """The first index at which the lines differ (also where one copy ends), by whole files, then by line."""
    for number in range(max(len(right.files), len(other.files))):
        mine, theirs = (_bytes_of(log, number) for log in (right, other))
        if mine != theirs:
            first = number * LINES_A_FILE
            ours, others = _split(mine), _split(theirs)
            for offset, (one, two) in enumerate(zip(ours, others)):
                if one != two:
                    return first + offset
            return first + min(len(ours), len(others))
    return None


def _bytes_of(log: Log, number: int) -> bytes:
    if number >= len(log.files):
        return b""
    with open(log.files[number], "rb") as file:
        return file.read()


def _kind_of_difference(right: Log, other: Log, at: int) -> Finding:
    first = at - at % LINES_A_FILE
    ours, theirs = (list(log.lines(first))[at - first :] for log in (right, other))
    if not theirs:
        whole = other.claimed == at and all(a.signed == b.signed for a, b in zip(right.notes, other.notes))
        return Finding(other.folder, "older-backup" if whole else "truncated", at, f"{at} < {right.claimed}")
    if len(theirs) == len(ours):
        same = Counter(theirs) == Counter(ours)
        return Finding(other.folder, "reordered" if same else "edited", at)
    if len(theirs) > len(ours):
        return Finding(other.folder, "inserted", at)
    if set(theirs) <= set(ours):
        return Finding(other.folder, "deleted", at)
    return Finding(other.folder, "edited", at, "and shorter")


def check_logs(folders: list, *, keys: dict, trust: list, known: list) -> list:
    """Every fault of one or more copies of a log."""
    with contextlib.ExitStack() as stack:
        for folder in folders:
            stack.enter_context(_held(folder))
        logs = [Log(folder, keys) for folder in folders]
        return _check_all(logs, trust=trust, known=known)


def _check_all(logs: list, *, trust: list, known: list) -> list:
    right, findings = None, []
    longest_first = sorted(logs, key=lambda log: -log.claimed)
    for log in longest_first:
        if right is not None:
            different = compare(right, log)
            if different is None:
                continue
            alone = check_alone(log) if different.kind != "older-backup" else None
            # A copy that is right by itself and goes another way was signed with the key: a second history.
            forked = different.kind not in ("older-backup",) and alone is None
            findings.append(Finding(log.folder, "forked", different.index) if forked else _better(different, alone))
            continue
        fault = check_alone(log)
        if fault is None:
            right = log
        else:
            findings.append(fault)
    if right is not None:
        findings = [_named(right, logs, fault) for fault in findings]
        findings += _check_known(right, known)
        findings += [Finding(right.folder, "bad-stamp", size, str(why)) for size, why in _bad_stamps(right, trust)]
    return findings


def _better(different: Finding, alone) -> Finding:
    """Lines decide; where they are the same, the checkpoint's own fault does."""
    return alone if alone is not None and different.kind == "swapped-checkpoint" else different


def _named(right: Log, logs: list, fault: Finding) -> Finding:
    """What was found in a copy by itself, named exactly by comparing it with one that is right."""
    log = next(one for one in logs if one.folder == fault.folder)
    if fault.kind in ("changed", "truncated", "inserted"):
        return compare(right, log) or fault
    return fault


def _check_known(right: Log, known: list) -> list:
    """A checkpoint that somebody kept must be in the log: against a log cut back everywhere."""
    by_size = {note.size: note for note in right.notes}
    found = []
    for signed in known:
        note = Note(signed, right.keys)
        here = by_size.get(note.size)
        if here is None or here.root != note.root:
            kind = "older-backup" if note.size > right.claimed else "forked"
            found.append(Finding(right.folder, kind, min(note.size, right.claimed), f"checkpoint {note.size}"))
    return found


def _bad_stamps(log: Log, trust: list):
    by_size = {note.size: note for note in log.notes}
    for size, token in log.stamps():
        try:
            if size not in by_size:
                raise Bad("không có mốc này", "no such checkpoint")
            check_token(token, by_size[size].signed.encode(), trust)
        except (Bad, ValueError, IndexError) as why:
            yield size, why


@contextlib.contextmanager
def _held(folder: str):
    """A copy that is being written right now is waited for."""
    try:
        lock = os.open(os.path.join(folder, ".lock"), os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        if flock is not None:
            with contextlib.suppress(OSError):
                flock(lock, LOCK_SH)
        yield
    finally:
        os.close(lock)


# --- one event's proof -----------------------------------------------------------------------------------------------


def check_proof(proof: dict, keys: dict) -> str:
    """Whether the line of an inclusion proof is in the log its checkpoint states; the line. Raises Bad."""
    if proof.get("kind") != "ansinh-inclusion-proof-1":
        raise Bad("không phải bằng chứng của An Sinh", "no inclusion proof of An Sinh")
    own = bytes.fromhex(proof["key"])
    note = Note(proof["checkpoint"], keys or {sha256(own).hexdigest(): own})
    if not note.is_signed:
        raise Bad("mốc niêm phong không do khoá tin cậy ký", "the checkpoint is not signed by a trusted key")
    index, size = int(proof["index"]), int(proof["size"])
    root = sha256(b"\x00" + proof["line"].encode()).digest()
    place, last = index, size - 1
    for one in proof["path"]:
        sibling = bytes.fromhex(one)
        if last == 0:
            raise Bad("đường dẫn quá dài", "the path is too long")
        if place & 1 or place == last:
            root = sha256(b"\x01" + sibling + root).digest()
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            root = sha256(b"\x01" + root + sibling).digest()
        place, last = place >> 1, last >> 1
    if last or not 0 <= index < size or size != note.size or root != note.root:
        raise Bad("sự kiện không nằm trong nhật ký đã niêm phong", "the event is not in the sealed log")
    return proof["line"]


# --- DER, CMS, time-stamps -------------------------------------------------------------------------------------------

SIGNED_DATA = "1.2.840.113549.1.7.2"
TST_INFO = "1.2.840.113549.1.9.16.1.4"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
CONTENT_TYPE = "1.2.840.113549.1.9.3"
TIME_STAMP_TOKEN = "1.2.840.113549.1.9.16.2.14"
DIGESTS = {
    "2.16.840.1.101.3.4.2.1": hashes.SHA256(),
    "2.16.840.1.101.3.4.2.2": hashes.SHA384(),
    "2.16.840.1.101.3.4.2.3": hashes.SHA512(),
}
RSA_PSS = "1.2.840.113549.1.1.10"
CURVES = ("secp256r1", "secp384r1", "secp521r1")


class Der:
    """One DER value: its tag, its content, and itself whole."""

    def __init__(self, data: bytes, start: int = 0) -> None:
        self.tag = data[start]
        length, at = data[start + 1], start + 2
        if length & 0x80:
            count = length & 0x7F
            if not 0 < count <= 4:
                raise Bad("DER không đúng", "this is no DER")
            length, at = int.from_bytes(data[at : at + count], "big"), at + count
        if at + length > len(data):
            raise Bad("DER bị cắt", "the DER is cut off")
        self.content, self.whole, self.end = data[at : at + length], data[start : at + length], at + length

    def parts(self) -> list:
        """What a constructed value holds."""
        found, at = [], 0
        while at < len(self.content):
            part = Der(self.content, at)
            found.append(part)
            at = part.end
        return found

    def oid(self) -> str:
        """An object identifier in dots."""
        arcs, value = [], 0
        for byte in self.content:
            value = value << 7 | byte & 0x7F
            if not byte & 0x80:
                arcs.append(value)
                value = 0
        first = min(arcs[0] // 40, 2)
        return ".".join(map(str, [first, arcs[0] - 40 * first, *arcs[1:]]))

    def number(self) -> int:
        """An integer."""
        return int.from_bytes(self.content, "big", signed=True)


class Signed:
    """A CMS SignedData with one signer (RFC 5652)."""

    def __init__(self, data: bytes) -> None:
        kind, content = Der(data).parts()[:2]
        if kind.oid() != SIGNED_DATA:
            raise Bad("không phải chữ ký CMS", "this is no CMS signature")
        _, _, inner, *rest = content.parts()[0].parts()
        inner_parts = inner.parts()
        self.inner_kind = inner_parts[0].oid()
        self.inner = inner_parts[1].parts()[0].content if len(inner_parts) > 1 else None
        certificates = [part for part in rest if part.tag == 0xA0]
        self.certificates = [
            x509.load_der_x509_certificate(one.whole)
            for group in certificates
            for one in group.parts()
            if one.tag == 0x30
        ]
        signers = [part for part in rest if part.tag == 0x31][-1].parts()
        if len(signers) != 1:
            raise Bad("cần đúng một người ký", "exactly one signer is expected")
        self._read_signer(signers[0].parts())

    def _read_signer(self, parts: list) -> None:
        _, who, digest, *rest = parts
        self.hash = DIGESTS.get(digest.parts()[0].oid())
        if self.hash is None:
            raise Bad("thuật toán băm yếu hoặc lạ", "a weak or unknown digest")
        attributes = next((part for part in rest if part.tag == 0xA0), None)
        if attributes is None:
            raise Bad("không có thuộc tính được ký", "there are no signed attributes")
        self.signed_bytes = b"\x31" + attributes.whole[1:]
        self.attributes = {one.parts()[0].oid(): one.parts()[1].parts()[0] for one in attributes.parts()}
        after = [part for part in rest if part.tag in (0x30, 0x04)]
        self.algorithm, self.signature = after[0].parts(), after[1].content
        unsigned = next((part for part in rest if part.tag == 0xA1), None)
        self.unsigned = (
            {one.parts()[0].oid(): one.parts()[1].parts()[0] for one in unsigned.parts()} if unsigned else {}
        )
        self.certificate = self._signer(who)

    def _signer(self, who: Der) -> x509.Certificate:
        for one in self.certificates:
            if who.tag == 0x30:
                issuer, serial = who.parts()
                if one.serial_number == serial.number() and one.issuer.public_bytes() == issuer.whole:
                    return one
            else:
                with contextlib.suppress(x509.ExtensionNotFound):
                    key_id = one.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
                    if key_id == who.content:
                        return one
        raise Bad("thiếu chứng thư của người ký", "the signer's certificate is missing")

    def check(self, content: bytes, kind: str = "") -> None:
        """The digest of the content and the signature over the attributes. Raises Bad."""
        digest = hashes.Hash(self.hash)
        digest.update(content)
        if MESSAGE_DIGEST not in self.attributes or self.attributes[MESSAGE_DIGEST].content != digest.finalize():
            raise Bad("nội dung đã bị thay đổi sau khi ký", "the content was changed after signing")
        if kind and (CONTENT_TYPE not in self.attributes or self.attributes[CONTENT_TYPE].oid() != kind):
            raise Bad("chữ ký dành cho nội dung loại khác", "the signature is for another kind of content")
        try:
            self._verify()
        except InvalidSignature:
            raise Bad("chữ ký không đúng", "the signature is wrong") from None

    def _verify(self) -> None:
        pss = self.algorithm[0].oid() == RSA_PSS
        verify_raw(self.certificate.public_key(), self.signature, self.signed_bytes, self.hash, pss=pss)


def verify_raw(key, signature: bytes, signed: bytes, algorithm, *, pss: bool = False) -> None:
    """A bare signature by an RSA or ECDSA key (DER). Raises InvalidSignature, and Bad for a weak or strange key."""
    if isinstance(key, rsa.RSAPublicKey):
        if key.key_size < 2048:
            raise Bad("khoá RSA quá ngắn", "the RSA key is too short")
        scheme = padding.PSS(padding.MGF1(algorithm), padding.PSS.AUTO) if pss else padding.PKCS1v15()
        key.verify(signature, signed, scheme, algorithm)
    elif isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in CURVES:
        key.verify(signature, signed, ec.ECDSA(algorithm))
    else:
        raise Bad("loại khoá lạ", "an unknown kind of key")


def check_chain(certificate: x509.Certificate, others: list, trust: list, at: datetime) -> str:
    """Follow issuers to a trusted certificate, all valid at that moment; who is trusted. Raises Bad."""
    here, seen = certificate, 0
    while True:
        first, last = _validity(here)
        if not first <= at <= last:
            raise Bad("chứng thư hết hạn hoặc chưa hiệu lực khi ký", "a certificate was not valid at signing")
        if any(here == one for one in trust):
            return here.subject.rfc4514_string()
        issuer = next((one for one in [*trust, *others] if one.subject == here.issuer and _issued(here, one)), None)
        seen += 1
        if issuer is None or issuer == here or seen > 8:
            raise Bad("cơ quan chứng thực không có trong danh sách tin cậy", "the authority is not in the trust list")
        here = issuer


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        if not issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            return False
        certificate.verify_directly_issued_by(issuer)
    except (x509.ExtensionNotFound, InvalidSignature, ValueError, TypeError):
        return False
    return True


def _validity(certificate: x509.Certificate) -> tuple:
    if hasattr(certificate, "not_valid_before_utc"):
        return certificate.not_valid_before_utc, certificate.not_valid_after_utc
    utc = timezone.utc
    return certificate.not_valid_before.replace(tzinfo=utc), certificate.not_valid_after.replace(tzinfo=utc)


def check_token(token: bytes, stamped: bytes, trust: list) -> datetime:
    """An RFC 3161 token over these bytes; the moment it states. Raises Bad."""
    signed = Signed(token)
    if signed.inner_kind != TST_INFO or signed.inner is None:
        raise Bad("không phải dấu thời gian", "this is no time-stamp")
    signed.check(signed.inner, TST_INFO)
    _, _, imprint, _, moment, *_ = Der(signed.inner).parts()
    algorithm, value = imprint.parts()
    digest = hashes.Hash(DIGESTS.get(algorithm.parts()[0].oid()) or hashes.SHA256())
    digest.update(stamped)
    if value.content != digest.finalize():
        raise Bad("dấu thời gian của nội dung khác", "the time-stamp is for something else")
    at = datetime.strptime(moment.content.decode()[:14], "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
    if not trust:
        raise Bad("cần --trust để kiểm tra dấu thời gian", "--trust is needed to check a time-stamp")
    purpose = signed.certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    if x509.ObjectIdentifier("1.3.6.1.5.5.7.3.8") not in purpose:
        raise Bad("chứng thư không dành cho dấu thời gian", "the certificate is not for time-stamps")
    check_chain(signed.certificate, signed.certificates, trust, at)
    return at


# --- what may follow a signature -------------------------------------------------------------------------------------

_TOKEN = re.compile(
    rb"<<|>>|\[|\]|/[^\s<>\[\](){}/%]*|<[0-9A-Fa-f\s]*>|\((?:\\.|[^\\()])*\)|[^\s<>\[\](){}/%]+", re.DOTALL
)
_OBJECT = re.compile(rb"\s*(\d+)\s+\d+\s+obj\b")
_SUBSECTION = re.compile(rb"\s*(\d+) (\d+)[ \r]*\n")
_FIELD_MAY_HAVE = {b"/Type", b"/Subtype", b"/FT", b"/T", b"/F", b"/Rect", b"/P", b"/V", b"/Lock", b"/TU"}
_STRANGE = ("có phần thêm vào sau chữ ký cuối cùng", "something was added after the last signature")


def check_only_evidence_after(pdf: bytes, end: int) -> None:
    """What follows the signed part holds validation material and document time-stamps and nothing else. Raises Bad.

    Read as a viewer reads it, by its cross-reference tables; a file that keeps them in streams is refused.
    """
    try:
        later, before = Objects(pdf, len(pdf), end), Objects(pdf, end, 0)
        if later.before != before.position or later.trailer.get(b"/Root") != before.trailer.get(b"/Root"):
            raise Bad(*_STRANGE)
        Changes(before, later).check()
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError):
        raise Bad(*_STRANGE) from None


class Objects:
    """The objects of a PDF's sections from the last one before `end` back to the octet `floor`: number → offset."""

    def __init__(self, pdf: bytes, end: int, floor: int) -> None:
        self.pdf, self.offsets, self.trailer, self.before = pdf, {}, {}, 0
        mark = pdf.rindex(b"startxref", 0, end)
        ending = re.fullmatch(rb"startxref\s+(\d+)\s+%%EOF\s*", pdf[mark:end])
        self.position = position = int(ending[1])
        for _ in range(100):
            if position < floor or position == 0:
                self.before = position
                return
            offsets, trailer = self._section(position)
            if any(offset < floor for offset in offsets.values()):
                raise Bad(*_STRANGE)
            self.offsets = {**offsets, **self.offsets}
            self.trailer = self.trailer or trailer
            position = int(trailer.get(b"/Prev", b"0"))
        raise Bad(*_STRANGE)

    def _section(self, at: int) -> tuple:
        if self.pdf[at : at + 4] != b"xref":
            raise Bad(*_STRANGE)
        found, at = {}, at + 4
        while True:
            head = _SUBSECTION.match(self.pdf, at)
            if head is None:
                break
            at = head.end()
            for number in range(int(head[1]), int(head[1]) + int(head[2])):
                entry = re.fullmatch(rb"(\d{10}) \d{5} ([nf])[ \r\n]{2}", self.pdf[at : at + 20])
                if entry[2] == b"n":
                    found[number] = int(entry[1])
                elif number:
                    raise Bad(*_STRANGE)
                at += 20
        start = re.compile(rb"\s*trailer").match(self.pdf, at).end()
        trailer = _value_at(self.pdf, start)
        if b"/XRefStm" in trailer or b"/Encrypt" in trailer:
            raise Bad(*_STRANGE)
        return found, trailer

    def __getitem__(self, number: int):
        head = _OBJECT.match(self.pdf, self.offsets[number])
        if int(head[1]) != number:
            raise Bad(*_STRANGE)
        return _value_at(self.pdf, head.end())


class Changes:
    """What the sections after the signature change; only what carries evidence may."""

    def __init__(self, before: Objects, later: Objects) -> None:
        self.before, self.later = before, later
        self.root = before.trailer[b"/Root"][0]
        catalog = before[self.root]
        self.free = _numbers(before.trailer.get(b"/Info")) | _numbers(catalog.get(b"/Metadata"))
        self.free |= self._below(catalog.get(b"/DSS"), 4)

    def check(self) -> None:
        """Every object that was there before, and every number that was free."""
        size = int(self.before.trailer[b"/Size"])
        for number in self.later.offsets:
            if number not in self.before.offsets:
                if number < size:
                    raise Bad(*_STRANGE)
            elif number not in self.free:
                self._compare(number)

    def _compare(self, number: int) -> None:
        old, new = self.before[number], self.later[number]
        if number == self.root:
            self._same(old, new, {b"/DSS", b"/Extensions", b"/AcroForm"})
            self._form(old.get(b"/AcroForm"), new.get(b"/AcroForm"))
        elif isinstance(old, list):
            self._grown(old, new)
        elif old.get(b"/Type") == b"/Page":
            self._same(old, new, {b"/Annots"})
            self._grown(old.get(b"/Annots"), new.get(b"/Annots"))
        else:
            self._form(old, new)

    def _form(self, old, new) -> None:
        old, new = self._resolved(old, self.before), self._resolved(new, None)
        self._same(old or {}, new or {}, {b"/Fields", b"/SigFlags"})
        self._grown((old or {}).get(b"/Fields"), (new or {}).get(b"/Fields"))

    def _same(self, old: dict, new: dict, but: set) -> None:
        if {k: v for k, v in old.items() if k not in but} != {k: v for k, v in new.items() if k not in but}:
            raise Bad(*_STRANGE)

    def _grown(self, old, new) -> None:
        """A list may gain fields of document time-stamps, which nobody sees."""
        old, new = self._resolved(old, self.before) or [], self._resolved(new, None) or []
        if new[: len(old)] != old or not all(self._is_time_stamp(one) for one in new[len(old) :]):
            raise Bad(*_STRANGE)

    def _is_time_stamp(self, one) -> bool:
        field = self._resolved(one, None)
        value = self._resolved(field.get(b"/V"), None)
        seen = any(float(side) for side in field.get(b"/Rect", []))
        kind = (field.get(b"/FT"), value.get(b"/Type"))
        return not seen and set(field) <= _FIELD_MAY_HAVE and kind == (b"/Sig", b"/DocTimeStamp")

    def _resolved(self, value, objects):
        """A reference followed: in these objects, or (None) in the newest."""
        if not isinstance(value, tuple):
            return value
        number = value[0]
        return (objects or (self.later if number in self.later.offsets else self.before))[number]

    def _below(self, value, depth: int) -> set:
        """Numbers of what the old security store consists of."""
        found = _numbers(value)
        value = self._resolved(value, self.before)
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        for one in inner if depth else ():
            found |= self._below(one, depth - 1)
        return found


def _numbers(value) -> set:
    return {value[0]} if isinstance(value, tuple) else set()


def _value_at(pdf: bytes, at: int):
    """The one value at this octet: dict, list, reference (a tuple), or octets."""
    tokens, depth = [], 0
    for match in _TOKEN.finditer(pdf, at):
        if pdf[at : match.start()].strip(b" \t\r\n\f\0"):
            raise Bad(*_STRANGE)
        tokens.append(match[0])
        at = match.end()
        depth += (match[0] in (b"<<", b"[")) - (match[0] in (b">>", b"]"))
        if not depth:
            return _parsed(tokens, 0)[0]
    raise Bad(*_STRANGE)


def _parsed(tokens: list, at: int) -> tuple:
    one = tokens[at]
    if one == b"<<":
        found, at = {}, at + 1
        while tokens[at] != b">>":
            key = tokens[at]
            if key in found:
                raise Bad(*_STRANGE)
            found[key], at = _parsed(tokens, at + 1)
        return found, at + 1
    if one == b"[":
        items, at = [], at + 1
        while tokens[at] != b"]":
            item, at = _parsed(tokens, at)
            items.append(item)
        return items, at + 1
    if one.isdigit() and tokens[at + 2 : at + 3] == [b"R"]:
        return (int(one), int(tokens[at + 1])), at + 3
    if one[:1] == b"(":
        one = _plain(one)
    return one, at + 1


def _plain(text: bytes) -> bytes:
    """Octal escapes of PDF strings resolved."""
    return re.sub(rb"\\([0-7]{1,3})", lambda found: bytes([int(found[1], 8) & 255]), text)


# --- papers ----------------------------------------------------------------------------------------------------------

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
_ATTACHED = re.compile(rb"/Type\s*/EmbeddedFile\b")
LARGEST_ATTACHMENT = 4 << 20
STATEMENT = "ansinh-paper-1"


def check_paper(paper: bytes, *, trust: list, keys: dict) -> list:
    """Every signature of a PDF, the last one over all there is to read, and the proofs it carries; or a signed XML.

    Raises Bad.
    """
    if paper.lstrip()[:1] == b"<":
        return [check_xml(paper, trust).words]
    made = signatures_of(paper, trust)
    found = [one.words for one in made]
    for content in attached(paper[: max(one.end for one in made)]):
        found += _check_statement(content, keys)
    return found


class Made:
    """A signature that holds: whose, when, up to which octet (0 for a document's time-stamp), and that in words."""

    def __init__(self, certificate: x509.Certificate, others: list, at: datetime, stamped: bool, end: int = 0) -> None:
        self.certificate, self.others, self.end = certificate, others, end
        name = certificate.subject.rfc4514_string()
        own_word = "" if stamped else " (giờ tự khai / own word)"
        self.words = f"chữ ký đúng / signature right: {name}, {at.isoformat()}{own_word}"


class Stamped:
    """A document's time-stamp that holds; nobody signs by it."""

    end = 0

    def __init__(self, at: str) -> None:
        self.words = f"dấu thời gian / time-stamp: {at}"


def signatures_of(pdf: bytes, trust: list) -> list:
    """Every signature and time-stamp of a PDF (Made, Stamped), all of them right. Raises Bad."""
    found = []
    matches = list(_RANGE.finditer(pdf))
    if not matches:
        raise Bad("văn bản không có chữ ký số", "the paper has no digital signature")
    for match in matches:
        start, first, second, rest = map(int, match.groups())
        contents = pdf[first:second]
        if start != 0 or second + rest > len(pdf) or contents[:1] != b"<" or contents[-1:] != b">":
            raise Bad("vùng được ký không đúng", "the signed range is wrong")
        # The zeros that fill up the space of the signature follow the DER value and are not part of it.
        signed = Signed(Der(bytes.fromhex(contents[1:-1].decode("ascii"))).whole)
        content = pdf[:first] + pdf[second : second + rest]
        if signed.inner_kind == TST_INFO:
            found.append(Stamped(check_token_over(signed, content, trust)))
        else:
            found.append(_made(signed, content, trust, _said_time(pdf, match), second + rest))
    end = max(one.end for one in found)
    if not end:
        raise Bad("văn bản chỉ có dấu thời gian, không ai ký", "there is a time-stamp, but nobody signed")
    if end != len(pdf):
        check_only_evidence_after(pdf, end)
    return found


def _check_statement(content: bytes, keys: dict) -> list:
    """What the paper states to programs: the log's proofs are checked, digests of files are told."""
    stated = json.loads(content)
    files = enumerate(stated["files"], start=1)
    return [
        *(_event(proof, keys) for proof in stated["proofs"]),
        *(f"tệp số / file {number}: {one['name']}, SHA-256 {one['sha256']}" for number, one in files),
    ]


def _event(proof: dict, keys: dict) -> str:
    """A proved event in short."""
    line = json.loads(check_proof(proof, keys))
    told = " ".join(str(line[name]) for name in ("at", "table", "row", "to") if name in line)
    return f"trong nhật ký / in the log: index {proof['index']}, {told}"


def attached(pdf: bytes):
    """The statements a PDF carries (ansinh-paper-1), as they are."""
    for match in _ATTACHED.finditer(pdf):
        begin = pdf.rfind(b"obj", 0, match.start())
        opens = re.compile(rb">>\s*stream\r?\n").search(pdf, match.end(), match.end() + 1000)
        if opens is None:
            continue
        content = pdf[opens.end() : pdf.find(b"endstream", opens.end())].rstrip(b"\r\n")
        if b"FlateDecode" in pdf[begin : opens.start()]:
            with contextlib.suppress(zlib.error):
                content = zlib.decompressobj().decompress(content, LARGEST_ATTACHMENT)
        with contextlib.suppress(ValueError):
            value = json.loads(content)
            if isinstance(value, dict) and value.get("kind") == STATEMENT:
                yield content


def _made(signed: Signed, content: bytes, trust: list, said: datetime, end: int) -> Made:
    signed.check(content)
    _refuse_without(trust)
    stamp = signed.unsigned.get(TIME_STAMP_TOKEN)
    at = check_token(stamp.whole, signed.signature, trust) if stamp else said
    check_chain(signed.certificate, signed.certificates, trust, at)
    return Made(signed.certificate, signed.certificates, at, stamp is not None, end)


def _refuse_without(trust: list) -> None:
    if not trust:
        raise Bad("cần --trust: danh sách cơ quan chứng thực tin cậy", "--trust is needed: the trusted authorities")


def check_token_over(signed: Signed, content: bytes, trust: list) -> str:
    """A document time-stamp: a signature field whose value is a token over the document."""
    imprint = Der(signed.inner).parts()[2].parts()[1].content
    if imprint not in (sha256(content).digest(), hashlib.sha512(content).digest(), hashlib.sha384(content).digest()):
        raise Bad("nội dung đã bị thay đổi sau dấu thời gian", "the content was changed after the time-stamp")
    signed.check(signed.inner, TST_INFO)
    moment = Der(signed.inner).parts()[4].content.decode()[:14]
    at = datetime.strptime(moment, "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
    check_chain(signed.certificate, signed.certificates, trust, at)
    return at.isoformat()


def _said_time(pdf: bytes, match) -> datetime:
    """The time the signer wrote into the signature's dictionary; without one, now."""
    dictionary = pdf[pdf.rfind(b" obj", 0, match.start()) : pdf.find(b"endobj", match.end())]
    dictionary = _plain(dictionary)
    written = re.search(rb"/M\s*\(D:(\d{14})([+-]\d\d|Z)'?(\d\d)?", dictionary)
    if written is None:
        return datetime.now(timezone.utc)
    zone = b"+0000" if written[2] == b"Z" else written[2] + (written[3] or b"00")
    return datetime.strptime((written[1] + zone).decode(), "%Y%m%d%H%M%S%z")


# --- signed XML ------------------------------------------------------------------------------------------------------

DS = "http://www.w3.org/2000/09/xmldsig#"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
ENVELOPED = f"{DS}enveloped-signature"
FORMS = {  # canonical forms, and whether each is the exclusive one
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315": False,
    "http://www.w3.org/2001/10/xml-exc-c14n#": True,
}
_HASHES = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
XML_METHODS = {f"{MORE}{kind}-{name}": (kind, one) for kind in ("rsa", "ecdsa") for name, one in _HASHES.items()}
XML_METHODS.update(
    {f"http://www.w3.org/2007/05/xmldsig-more#{name}-rsa-MGF1": ("pss", _HASHES[name]) for name in _HASHES}
)
XML_DIGESTS = {
    "http://www.w3.org/2001/04/xmlenc#sha256": _HASHES["sha256"],
    f"{MORE}sha384": _HASHES["sha384"],
    "http://www.w3.org/2001/04/xmlenc#sha512": _HASHES["sha512"],
}
_IDS = ("Id", "ID", "id", "xml:id")
_STRANGE_XML = ("tệp XML không theo hồ sơ chữ ký của I-VAN", "the XML is not of the signature profile")
MOST_LEVELS = 100


class Node:
    """An element as it was written: names with their prefixes, the namespaces in scope, children (nodes and texts)."""

    def __init__(self, name: str, written: dict, parent) -> None:
        self.written, self.parent, self.children = name, parent, []
        self.spaces = dict(parent.spaces) if parent else {"": "", "xml": "http://www.w3.org/XML/1998/namespace"}
        self.attributes = {}
        for key, value in written.items():
            prefix, _, local = key.rpartition(":")
            if key == "xmlns" or prefix == "xmlns":
                self.spaces["" if key == "xmlns" else local] = value
            else:
                self.attributes[key] = value
        prefix, _, local = name.rpartition(":")
        self.name = f"{{{self.spaces[prefix]}}}{local}" if self.spaces[prefix] else local

    def nodes(self) -> list:
        """Its children that are elements."""
        return [one for one in self.children if isinstance(one, Node)]

    def below(self):
        """Itself and all elements in it."""
        yield self
        for one in self.nodes():
            yield from one.below()

    def text(self) -> str:
        """Its own text."""
        return "".join(one for one in self.children if isinstance(one, str))


def read_xml(content: bytes) -> Node:
    """The root of a document without document type, remarks or instructions. Raises Bad."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    open_nodes, roots = [], []

    def start(name: str, attributes: dict) -> None:
        if len(open_nodes) >= MOST_LEVELS:
            raise Bad(*_STRANGE_XML)
        node = Node(name, attributes, open_nodes[-1] if open_nodes else None)
        (open_nodes[-1].children if open_nodes else roots).append(node)
        open_nodes.append(node)

    def refuse(*_) -> None:
        raise Bad(*_STRANGE_XML)

    parser.StartElementHandler, parser.EndElementHandler = start, lambda _: open_nodes.pop()
    parser.CharacterDataHandler = lambda text: open_nodes[-1].children.append(text)
    parser.StartDoctypeDeclHandler = parser.CommentHandler = parser.ProcessingInstructionHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Bad("tệp XML hỏng", f"the XML is broken: {error}") from None
    return roots[0]


def canonical(node: Node, *, exclusive: bool, without=None, shown=None):
    """The pieces of Canonical XML 1.0 (or its exclusive form) of an element, leaving out the element `without`."""
    shown = shown or {}
    prefixes = {key.rpartition(":")[0] for key in node.attributes if ":" in key} | {node.written.rpartition(":")[0]}
    declared = {
        prefix: space for prefix, space in node.spaces.items()
        if prefix != "xml" and shown.get(prefix, "") != space and (not exclusive or prefix in prefixes)
    }  # fmt: skip
    spaces = "".join(
        f' xmlns{":" * bool(prefix)}{prefix}="{_escaped(space, True)}"' for prefix, space in sorted(declared.items())
    )
    ordered = sorted(
        node.attributes.items(),
        key=lambda one: (node.spaces[one[0].rpartition(":")[0]] if ":" in one[0] else "", one[0].rpartition(":")[2]),
    )
    attributes = "".join(f' {key}="{_escaped(value, True)}"' for key, value in ordered)
    yield f"<{node.written}{spaces}{attributes}>".encode()
    for child in node.children:
        if isinstance(child, str):
            yield _escaped(child, False).encode()
        elif child is not without:
            yield from canonical(child, exclusive=exclusive, without=without, shown={**shown, **declared})
    yield f"</{node.written}>".encode()


def _escaped(text: str, attribute: bool) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace("\r", "&#xD;")
    if attribute:
        return text.replace('"', "&quot;").replace("\t", "&#x9;").replace("\n", "&#xA;")
    return text.replace(">", "&gt;")


def check_xml(content: bytes, trust: list) -> Made:
    """The one signature of an XML file, over the whole of it (the profile of I-VAN files). Raises Bad."""
    _refuse_without(trust)
    root = read_xml(content)
    signatures = [one for one in root.below() if one.name == f"{{{DS}}}Signature"]
    if len(signatures) != 1 or signatures[0] is root:
        raise Bad("tệp XML cần đúng một chữ ký số", "the XML needs exactly one digital signature")
    signature = signatures[0]
    parts = [one.name for one in signature.nodes()]
    if parts[:3] != [f"{{{DS}}}{name}" for name in ("SignedInfo", "SignatureValue", "KeyInfo")]:
        raise Bad(*_STRANGE_XML)
    info, value, key_info = signature.nodes()[:3]
    _check_document(root, signature, info)
    certificates = [
        x509.load_der_x509_certificate(base64.b64decode(one.text()))
        for one in key_info.below() if one.name == f"{{{DS}}}X509Certificate"
    ]  # fmt: skip
    certificate = _signer_of_xml(info, base64.b64decode(value.text()), certificates)
    at = _said_in_xml(signature)
    check_chain(certificate, certificates, trust, at)
    return Made(certificate, certificates, at, False, len(content))


def _check_document(root: Node, signature: Node, info: Node) -> None:
    """The one reference to the whole document, and its digest. References to the signature's own parts say nothing."""
    ids = [value for one in root.below() for name, value in one.attributes.items() if name in _IDS]
    whole = {"", *(f"#{root.attributes[name]}" for name in _IDS if name in root.attributes)}
    references = [one for one in info.nodes()[2:] if one.attributes.get("URI") in whole]
    if len(references) != 1 or len(set(ids)) != len(ids):
        raise Bad("chữ ký không phủ toàn bộ tệp", "the signature is not over the whole file")
    transforms, method, digest = references[0].nodes()
    used = [one.attributes.get("Algorithm") for one in transforms.nodes()]
    if used[:1] != [ENVELOPED] or len(used) > 2 or any(one not in FORMS for one in used[1:]):
        raise Bad(*_STRANGE_XML)
    algorithm = XML_DIGESTS.get(method.attributes.get("Algorithm"))
    if algorithm is None:
        raise Bad("thuật toán băm yếu hoặc lạ", "a weak or unknown digest")
    made = hashes.Hash(algorithm)
    for piece in canonical(root, exclusive=any(FORMS[one] for one in used[1:]), without=signature):
        made.update(piece)
    if made.finalize() != base64.b64decode(digest.text()):
        raise Bad("nội dung đã bị thay đổi sau khi ký", "the content was changed after signing")


def _signer_of_xml(info: Node, value: bytes, certificates: list) -> x509.Certificate:
    form, method = (one.attributes.get("Algorithm") for one in info.nodes()[:2])
    if form not in FORMS or method not in XML_METHODS:
        raise Bad("thuật toán ký yếu hoặc lạ", "a weak or unknown signature algorithm")
    kind, algorithm = XML_METHODS[method]
    signed = b"".join(canonical(info, exclusive=FORMS[form]))
    for one in certificates:
        key = one.public_key()
        if isinstance(key, rsa.RSAPublicKey) == (kind == "ecdsa"):
            continue
        half = len(value) // 2
        numbers = (int.from_bytes(value[:half], "big"), int.from_bytes(value[half:], "big"))
        raw = encode_dss_signature(*numbers) if kind == "ecdsa" else value
        with contextlib.suppress(InvalidSignature):
            verify_raw(key, raw, signed, algorithm, pss=kind == "pss")
            return one
    raise Bad("chữ ký không đúng", "the signature is wrong")


def _said_in_xml(signature: Node) -> datetime:
    """The time the signer wrote; Vietnam's where it has no zone; without one, now."""
    for one in signature.below():
        if one.name.endswith("}SigningTime"):
            moment = datetime.fromisoformat(one.text().strip().replace("Z", "+00:00"))
            return moment if moment.tzinfo else moment.replace(tzinfo=timezone(timedelta(hours=7)))
    return datetime.now(timezone.utc)


# --- QR codes --------------------------------------------------------------------------------------------------------

QR_KINDS = {
    1: ("giấy tiếp nhận", "a receipt"),
    2: ("quyết định", "a decision"),
    3: ("văn bản trả lời", "a refusal"),
    4: ("thẻ", "a card"),
}
_QR = struct.Struct(">B4sII16s8s")


def check_qr(text: str, keys: dict, papers: list) -> str:
    """A code of a paper, and whether these papers (octets of PDF) are the ones it is about. Raises Bad."""
    text = text.strip().rpartition("?q=")[2]
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if len(raw) != _QR.size + 64 or base64.urlsafe_b64encode(raw).rstrip(b"=").decode() != text:
        raise Bad("mã không đúng dạng", "this is no such code")
    if not keys:
        raise Bad("cần --key: khoá niêm phong cơ quan công bố", "--key is needed: the published seal key")
    body, signature = raw[: _QR.size], raw[_QR.size :]
    head, hint, made, ends, about, digest = _QR.unpack(body)
    if not any(_sealed(key, signature, b"ansinh-qr-1\0" + body) for key in keys.values() if _id(key)[:4] == hint):
        raise Bad("mã không do khoá tin cậy ký", "the code is not signed by a trusted key")
    if head >> 4 != 1 or head & 15 not in QR_KINDS:
        raise Bad("loại mã lạ", "an unknown kind of code")
    last = datetime.fromtimestamp(ends, timezone.utc)
    if datetime.now(timezone.utc) >= last:
        raise Bad(f"mã đã hết hạn {last.isoformat()}", f"the code ended {last.isoformat()}")
    document = str(uuid.UUID(bytes=about))
    for pdf in papers:
        stated = list(attached(pdf))
        if not any(sha256(one).digest()[:8] == digest and json.loads(one)["document"] == document for one in stated):
            raise Bad("mã này không thuộc văn bản này", "the code is not of this paper")
    vi, en = QR_KINDS[head & 15]
    moment = datetime.fromtimestamp(made, timezone.utc).isoformat()
    return f"mã của {vi} / code of {en}: {document}, {moment}"


def _id(key: bytes) -> bytes:
    return sha256(key).digest()


def _sealed(key: bytes, signature: bytes, content: bytes) -> bool:
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(key).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


# --- evidence bundles ------------------------------------------------------------------------------------------------

LARGEST_BUNDLE = 2 << 30
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
_LOCAL = struct.Struct("<4sHHHHHLLLHH")


def archive(files):
    """The one ZIP of these (name, content) pairs, piece by piece: stored, dated 1980, nothing else in it.

    There is no octet that names and contents do not decide, so whatever was changed in a bundle shows.
    """
    listed, at = [], 0
    for name, content in files:
        raw = name.encode()
        fields = (0x0800, 0, 0, 0x0021, zlib.crc32(content), len(content), len(content), len(raw), 0)
        listed.append((raw, fields, at))
        head = _LOCAL.pack(b"PK\3\4", 20, *fields) + raw
        at += len(head) + len(content)
        yield head
        yield content
    central = b"".join(
        struct.pack("<4sHHHHHHLLLHHHHHLL", b"PK\1\2", 20, 20, *fields, 0, 0, 0, 0, start) + raw
        for raw, fields, start in listed
    )
    yield central
    yield struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, len(listed), len(listed), len(central), at, 0)


def files_of(packed: bytes) -> dict:
    """Name → content of a bundle that is, octet by octet, the one ZIP of them. Raises Bad."""
    files, at = {}, 0
    try:
        while packed[at : at + 4] == b"PK\3\4":
            *_, size, _, name_size, _ = _LOCAL.unpack_from(packed, at)
            start = at + _LOCAL.size
            name = packed[start : start + name_size].decode()
            if name in files:
                raise Bad(f"{name}: có hai lần trong gói", f"{name}: twice in the bundle")
            files[name] = packed[start + name_size : start + name_size + size]
            at = start + name_size + size
        place = 0
        for piece in archive(files.items()):
            if packed[place : place + len(piece)] != piece:
                raise Bad(*_BROKEN)
            place += len(piece)
    except (struct.error, ValueError, OverflowError):
        raise Bad(*_BROKEN) from None
    if place != len(packed):
        raise Bad(*_BROKEN)
    return files


_BROKEN = ("gói đã bị sửa hoặc hỏng", "the bundle was changed or is broken")


def check_bundle(path: str, *, trust: list, keys: dict) -> list:
    """An evidence bundle: every octet as sealed, every paper, proof, checkpoint and record inside. Raises Bad."""
    if os.path.getsize(path) > LARGEST_BUNDLE:
        raise Bad("gói quá lớn", "the bundle is too large")
    with open(path, "rb") as file:
        files = files_of(file.read())
    manifest, signature = files.pop(MANIFEST, b""), files.pop(SIGNATURE, b"")
    keys = keys or _keys_inside(files)
    if not any(_sealed(key, _hex(signature), b"ansinh-bundle-1\0" + manifest) for key in keys.values()):
        raise Bad("gói không do khoá tin cậy niêm phong", "the bundle is not sealed by a trusted key")
    listed = json.loads(manifest)["files"]
    for name in sorted({*listed, *files}):
        if name not in files or name not in listed:
            raise Bad(f"{name}: thiếu hoặc thừa so với manifest", f"{name}: missing, or not in the manifest")
        if sha256(files[name]).hexdigest() != listed[name]:
            raise Bad(f"{name}: đã bị thay đổi", f"{name}: was changed")
    found = [f"{len(files)} tệp đúng / files as in the manifest"]
    for name, content in sorted(files.items()):
        found += [f"{name}: {one}" for one in _check_inside(name, content, trust, keys)]
        if name.endswith(RECORD):
            found += _check_confirmation(name, files, trust, keys)
        if name.endswith(".tst"):
            at = check_token(content, files[name[: -len(".tst")] + ".checkpoint"], trust)
            found.append(f"{name}: dấu thời gian đúng / time-stamp right: {at.isoformat()}")
    return found + _check_log_inside(files, trust, keys)


def _check_inside(name: str, content: bytes, trust: list, keys: dict) -> list:
    if name.startswith("signed/") and name.endswith((".pdf", ".xml")):
        return check_paper(content, trust=trust, keys=keys)
    if name.endswith(".proof.json"):
        return [_event(json.loads(content), keys)]
    if name.endswith(".checkpoint"):
        note = Note(content.decode(), keys)
        if not note.is_signed:
            raise Bad(f"{name}: mốc không do khoá tin cậy ký", f"{name}: not signed by a trusted key")
        return [f"mốc niêm phong / checkpoint: {note.size}, {note.at}"]
    return []


RECORD = ".evidence.json"


def _check_confirmation(name: str, files: dict, trust: list, keys: dict) -> list:
    """A confirmation, sealed by the portal when it happened, and the document it was made with if there is one."""
    record = json.loads(files[name])
    values = record["values"]
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    key = keys.get(record["seal_key"])
    if key is None or not _sealed(key, bytes.fromhex(record["seal"]), text):
        raise Bad("bằng chứng xác nhận không đúng niêm phong", "the seal of a confirmation is wrong")
    found = [f"{name}: xác nhận đúng niêm phong / confirmation as sealed: {values['confirmed_at']}"]
    if values.get("kind") == "signed_document":
        found += _check_own_document(name[: -len(RECORD)] + ".signed", values, files, trust)
    return found


def _check_own_document(stem: str, values: dict, files: dict, trust: list) -> list:
    """What the applicant signed: the very octets of the record, one signature, by the certificate of the record."""
    there = [name for name in (f"{stem}.pdf", f"{stem}.xml") if name in files]
    if len(there) != 1 or sha256(files[there[0]]).hexdigest() != values["document_sha256"]:
        raise Bad(f"{stem}: không phải văn bản đã xác nhận", f"{stem}: is not the confirmed document")
    content = files[there[0]]
    made = [check_xml(content, trust)] if there[0].endswith(".xml") else signatures_of(content, trust)
    people = [one for one in made if one.end]
    if len(people) != 1 or people[0].certificate.fingerprint(hashes.SHA256()).hex() != values["certificate_sha256"]:
        raise Bad(f"{stem}: do chứng thư khác ký", f"{stem}: signed with another certificate")
    confirmed = datetime.fromisoformat(values["confirmed_at"])
    check_chain(people[0].certificate, people[0].others, trust, confirmed)
    return [f"{there[0]}: {one.words}" for one in made]


def _keys_inside(files: dict) -> dict:
    """The bundle's own keys: it agrees with itself; whose they are must be compared with what is published."""
    keys = [_hex(content) for name, content in files.items() if name.startswith("keys/")]
    return {sha256(key).hexdigest(): key for key in keys}


def _hex(content: bytes) -> bytes:
    try:
        return bytes.fromhex(content.decode().strip())
    except ValueError:
        return b""


def _check_log_inside(files: dict, trust: list, keys: dict) -> list:
    inside = {name: content for name, content in files.items() if name.startswith("log/")}
    if not inside:
        return []
    with tempfile.TemporaryDirectory() as folder:
        for name, content in inside.items():
            target = os.path.join(folder, *name.split("/"))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as file:
                file.write(content)
        faults = check_logs([os.path.join(folder, "log")], keys=keys, trust=trust, known=[])
        if faults:
            raise Bad(str(faults[0]), "see above")
    return ["nhật ký trong gói đúng / the log inside is right"]


# --- the command -----------------------------------------------------------------------------------------------------


def main(arguments=None) -> int:
    """Run; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    wanted = _parser().parse_args(arguments)
    try:
        keys = {sha256(bytes.fromhex(one)).hexdigest(): bytes.fromhex(one) for one in wanted.key}
        trust = _trusted(wanted.trust)
        return wanted.run(wanted, keys, trust)
    except Bad as wrong:
        print(f"SAI / WRONG: {wrong}")
        return 1
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as broken:
        print(f"Không kiểm tra được / could not be checked: {broken}")
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, what, several, words in (
        ("log", _run_log, "DIR", "+", "kiểm tra toàn bộ nhật ký / check the whole log, one or more copies of it"),
        ("paper", _run_paper, "FILE", "+", "kiểm tra văn bản PDF hoặc XML đã ký / check signed PDF or XML papers"),
        ("bundle", _run_bundle, "FILE.zip", "+", "kiểm tra gói bằng chứng / check evidence bundles"),
        ("proof", _run_proof, "FILE.json", "+", "kiểm tra một bằng chứng / check single inclusion proofs"),
        ("qr", _run_qr, "TEXT", 1, "kiểm tra chữ đọc được từ mã QR / check what was read from a QR code"),
    ):
        one = commands.add_parser(name, help=words, description=words)
        one.add_argument("names", nargs=several, metavar=what)
        one.add_argument("--key", action="append", default=[], metavar="HEX", help="khoá niêm phong / a seal key")
        one.add_argument("--trust", metavar="PEM", help="chứng thư tin cậy / trusted certificates")
        if name == "log":
            one.add_argument(
                "--at-least", action="append", default=[], metavar="NOTE",
                help="mốc đã biết phải có trong nhật ký / a checkpoint you kept, that must be in the log",
            )  # fmt: skip
        if name == "qr":
            one.add_argument(
                "--paper", action="append", default=[], metavar="FILE.pdf", help="văn bản mang mã / its paper"
            )
        one.set_defaults(run=run)
    return parser


def _trusted(path) -> list:
    if not path:
        return []
    with open(path, "rb") as file:
        blocks = re.findall(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", file.read(), re.DOTALL)
    return [x509.load_pem_x509_certificate(block) for block in blocks]


def _run_log(wanted, keys: dict, trust: list) -> int:
    known = []
    for path in wanted.at_least:
        with open(path, encoding="utf-8") as file:
            known.append(file.read())
    faults = check_logs(wanted.names, keys=keys, trust=trust, known=known)
    for fault in faults:
        print(fault)
    if faults:
        return 1
    log = Log(wanted.names[0], keys)
    last = log.notes[-1]
    print(
        f"ĐÚNG / RIGHT: {last.size} sự kiện / events, {len(log.notes)} mốc / checkpoints, "
        f"{len(wanted.names)} bản / copies; {last.origin}, {last.at}"
    )
    if not keys:
        print("Khoá lấy từ chính bản này; hãy so với khoá cơ quan công bố / keys came with the copy; compare them:")
        print("\n".join(f"  --key {key.hex()}" for key in log.keys.values()))
    return 0


def _run_paper(wanted, keys: dict, trust: list) -> int:
    for name in wanted.names:
        with open(name, "rb") as file:
            told = check_paper(file.read(), trust=trust, keys=keys)
        print("\n".join(f"ĐÚNG / RIGHT  {name}: {one}" for one in told))
    return 0


def _run_bundle(wanted, keys: dict, trust: list) -> int:
    for name in wanted.names:
        print("\n".join(f"ĐÚNG / RIGHT  {name}: {one}" for one in check_bundle(name, trust=trust, keys=keys)))
        if not keys:
            print(
                "Khoá lấy từ chính gói này; hãy so với khoá cơ quan công bố / keys came with the bundle; compare them"
            )
    return 0


def _run_proof(wanted, keys: dict, trust: list) -> int:
    for name in wanted.names:
        with open(name, encoding="utf-8") as file:
            print(f"ĐÚNG / RIGHT  {name}: {check_proof(json.load(file), keys)}")
    return 0


def _run_qr(wanted, keys: dict, trust: list) -> int:
    papers = []
    for name in wanted.paper:
        with open(name, "rb") as file:
            papers.append(file.read())
    print(f"ĐÚNG / RIGHT  {check_qr(wanted.names[0], keys, papers)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
