"""A filing of an invented company, signed in the profile of I-VAN files, and ways to take it apart."""

from ansinh.signing.xml.sign import sign_xml
from tests.signing.papers import AT
from tests.signing.pki import Holder

PATH = "Hoso/CKy_Dvi"
FILING = """<?xml version="1.0" encoding="utf-8"?>
<Hoso>
  <QuyTrinhISO>
    <MaThuTuc>600</MaThuTuc>
    <MaSoThue>0301234567</MaSoThue>
    <TenDonVi>Công ty TNHH Minh Hoạ &amp; Bạn</TenDonVi>
    <SoTien>56280000</SoTien>
  </QuyTrinhISO>
  <CKy_Dvi/>
</Hoso>
""".encode()


def filing(holder: Holder) -> bytes:
    """The filing signed by the company."""
    return sign_xml(FILING, signer=holder, at=AT, path=PATH)


def swapped(content: bytes, old: str, new: str) -> bytes:
    """With one place changed, which must be there."""
    assert old.encode() in content, old
    return content.replace(old.encode(), new.encode(), 1)
