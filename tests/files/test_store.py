"""A person's own store of papers: taken in, shown, found again, discarded."""

import hashlib
import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from ansinh.files.discard import discard
from ansinh.files.limits import MAX_BYTES, MAX_PAPERS, limits_in_words
from ansinh.files.models import Paper, StoredFile
from ansinh.files.preview import preview, preview_type
from ansinh.files.queries import paper_of, papers_of
from ansinh.files.receive import receive
from ansinh.people.models import Account
from ansinh.platform.errors import Invalid, NotFound
from ansinh.platform.language import use
from ansinh.platform.storage import open_file
from tests.files import samples
from tests.files.conftest import AT, account


def hand_in(owner: Account, content: bytes, *, name: str = "khai sinh.pdf", kind: str = "birth_certificate") -> Paper:
    return receive(io.BytesIO(content), owner_id=owner.id, name=name, kind=kind, at=AT)


@pytest.mark.requirement("R-083")
def test_a_paper_is_kept_with_the_digest_of_its_bytes(owner: Account) -> None:
    content = samples.pdf(pages=3)
    paper = hand_in(owner, content)
    assert paper.file.sha256 == hashlib.sha256(content).hexdigest()
    assert (paper.file.size, paper.page_count, paper.file.media_type) == (len(content), 3, "application/pdf")
    with open_file(paper.file_id) as file:
        assert file.read() == content


@pytest.mark.requirement("R-109")
def test_papers_already_held_are_found_by_kind(owner: Account) -> None:
    birth = hand_in(owner, samples.pdf())
    leave = hand_in(owner, samples.jpeg(), name="ra viện.jpg", kind="hospital_discharge")
    assert set(papers_of(owner.id)) == {birth, leave}
    assert list(papers_of(owner.id, kind="birth_certificate")) == [birth]


def test_another_persons_paper_is_as_if_it_were_not_there(owner: Account) -> None:
    paper = hand_in(owner, samples.pdf())
    stranger = account("001194000002")
    assert not papers_of(stranger.id).exists()
    with pytest.raises(NotFound):
        paper_of(stranger.id, paper.id)
    with pytest.raises(NotFound):
        discard(paper.id, owner_id=stranger.id, at=AT)


def test_the_same_file_twice_is_one_paper(owner: Account) -> None:
    content = samples.pdf()
    assert hand_in(owner, content) == hand_in(owner, content, name="lần hai.pdf")
    assert Paper.objects.count() == StoredFile.objects.count() == 1


def test_the_same_bytes_of_two_people_are_stored_once(owner: Account) -> None:
    content = samples.pdf()
    hand_in(owner, content)
    hand_in(account("001194000002"), content)
    assert (Paper.objects.count(), StoredFile.objects.count()) == (2, 1)


def test_a_wrong_extension_gives_way_to_the_real_type(owner: Account) -> None:
    paper = hand_in(owner, samples.jpeg(), name="C:\\Ảnh\\Giấy khai sinh.pdf")
    assert (paper.name, paper.file.media_type) == ("Giấy khai sinh.jpg", "image/jpeg")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("", "Giấy tờ.pdf"),
        ("...", "Giấy tờ.pdf"),
        ("khai\u202efdp.exe", "khaifdp.pdf"),
        ("Gia\u0302\u0301y  khai\tsinh.PDF", "Giấy khai sinh.pdf"),
        ("a\x00b\x1b.pdf", "ab.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("Sổ BHXH (trang 1).v2.pdf", "Sổ BHXH (trang 1).v2.pdf"),
    ],
)
def test_a_shown_name_is_clean(owner: Account, given: str, kept: str) -> None:
    assert hand_in(owner, samples.pdf(), name=given).name == kept


def test_nothing_refused_reaches_the_storage(owner: Account, storage: Path) -> None:
    for content in (b"", b"text", samples.pdf(change=samples.javascript()), b"%PDF-1.7" + b"x" * MAX_BYTES):
        with pytest.raises(Invalid):
            hand_in(owner, content)
    assert not storage.exists()
    assert not StoredFile.objects.exists()


def test_a_file_over_the_limit_is_not_read_to_its_end(owner: Account) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1, /) -> bytes:
            self.given += size
            return b"x" * size

    stream = Endless()
    with pytest.raises(Invalid, match="lớn hơn 10 MB"):
        receive(stream, owner_id=owner.id, name="phim.pdf", kind="birth_certificate", at=AT)
    assert stream.given < MAX_BYTES + 200_000


def test_a_full_store_says_so(owner: Account) -> None:
    kept = StoredFile.objects.create(sha256="a" * 64, size=1, media_type="image/png", created_at=AT)
    Paper.objects.bulk_create(
        Paper(owner=owner, file=kept, kind=f"kind_{n}", name="x.png", page_count=1, uploaded_at=AT)
        for n in range(MAX_PAPERS)
    )
    with pytest.raises(Invalid, match="đã có 300 tệp"):
        hand_in(owner, samples.pdf())


def test_a_discarded_paper_leaves_the_store_and_keeps_its_bytes(owner: Account) -> None:
    content = samples.pdf()
    paper = hand_in(owner, content)
    discard(paper.id, owner_id=owner.id, at=AT)
    later = discard(paper.id, owner_id=owner.id, at=AT + timedelta(days=1))
    assert later.discarded_at == AT
    assert not papers_of(owner.id).exists()
    with open_file(paper.file_id) as file:
        assert file.read() == content
    assert hand_in(owner, content) != paper


def test_a_pdf_page_is_shown_as_a_picture_of_the_asked_width(owner: Account, storage: Path) -> None:
    paper = hand_in(owner, samples.pdf(pages=2))
    picture = Image.open(io.BytesIO(preview(paper, page=2, width=600)))
    assert (picture.format, picture.width, preview_type(paper)) == ("PNG", 640, "image/png")
    assert len(list((storage / "previews").rglob("*-2-640"))) == 1


def test_a_telephone_photograph_is_shown_upright_and_without_its_place(owner: Account) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "nhà của Lan"
    paper = hand_in(owner, samples.image_bytes("JPEG", samples.picture(), exif=exif), name="ảnh.jpg")
    shown = preview(paper, width=320)
    picture = Image.open(io.BytesIO(shown))
    assert picture.width < picture.height
    assert not picture.getexif()
    assert b"Lan" not in shown


def test_heic_is_shown_as_jpeg(owner: Account) -> None:
    paper = hand_in(owner, samples.heic(), name="IMG_1.HEIC")
    assert Image.open(io.BytesIO(preview(paper, width=320))).format == "JPEG"
    assert (paper.name, preview_type(paper)) == ("IMG_1.heic", "image/jpeg")


def test_a_preview_is_drawn_once(owner: Account, storage: Path) -> None:
    paper = hand_in(owner, samples.png(), name="a.png")
    first = preview(paper, width=320)
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr("ansinh.files.sandbox.DECODERS")
        assert preview(paper, width=200) == first


def test_a_page_that_is_not_there_is_not_found(owner: Account) -> None:
    paper = hand_in(owner, samples.pdf())
    for page in (0, 2, -1):
        with pytest.raises(NotFound):
            preview(paper, page=page)


@pytest.mark.django_db
@pytest.mark.parametrize(("sha256", "size"), [("x" * 64, 1), ("a" * 63, 1), ("a" * 64, 0), ("a" * 64, MAX_BYTES + 1)])
def test_the_database_refuses_a_file_that_cannot_be(sha256: str, size: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.create(sha256=sha256, size=size, media_type="image/png", created_at=AT)


def test_the_limits_are_said_in_both_languages() -> None:
    assert limits_in_words() == "Nhận tệp PDF, JPEG, PNG hoặc HEIC. Mỗi tệp không quá 10 MB và 100 trang."
    with use("en"):
        assert limits_in_words() == "PDF, JPEG, PNG or HEIC files. Each file at most 10 MB and 100 pages."
