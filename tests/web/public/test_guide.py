"""The guide to a service: made from its folder, public, versioned, as a page and as a document."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.queries import folders
from tests.browsers import Client

SLUG = "che-do-thai-san"


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    finally:
        document.close()


@pytest.mark.requirement("R-038")
@pytest.mark.requirement("R-039")
def test_anybody_reads_the_guide_of_a_service(reader: Client) -> None:
    page = reader.get(f"/dich-vu/{SLUG}").text
    assert f"/dich-vu/{SLUG}/huong-dan" in page
    guide = reader.get(f"/dich-vu/{SLUG}/huong-dan").text
    assert "Nộp từng bước" in guide and "Nhận giấy tiếp nhận" in guide
    assert "64.680.000\u00a0đ" in guide and "Bản áp dụng từ 01/07/2025" in guide


@pytest.mark.requirement("R-043")
def test_the_guide_is_a_file_to_keep_in_both_languages(reader: Client) -> None:
    answer = reader.get(f"/dich-vu/{SLUG}/huong-dan.pdf?ban=2025-07-01")
    assert answer["Content-Type"] == "application/pdf"
    assert "huong-dan-che-do-thai-san-2025-07-01.pdf" in answer["Content-Disposition"]
    assert "64.680.000 đ" in text_of(answer.content)
    reader.get(f"/dich-vu/{SLUG}/huong-dan?lang=en")
    assert "Filing, step by step" in text_of(reader.get(f"/dich-vu/{SLUG}/huong-dan.pdf").content)


@pytest.mark.requirement("R-044")
@pytest.mark.parametrize("slug", ["dang-ky-gdt-ca-nhan", "dang-ky-gdt-duoi-18"])
def test_registrations_have_their_guides(reader: Client, slug: str) -> None:
    assert "Nộp từng bước" in reader.get(f"/dich-vu/{slug}/huong-dan").text


def test_a_version_that_never_was_is_not_found(reader: Client) -> None:
    assert reader.get(f"/dich-vu/{SLUG}/huong-dan?ban=2019-01-01").status_code == 404


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.slug)
def test_every_procedure_has_a_guide_with_its_examples(reader: Client, folder: ProcedureFolder) -> None:
    guide = reader.get(f"/dich-vu/{folder.slug}/huong-dan")
    assert guide.status_code == 200
    for example in folder.examples:
        assert example.name_vi in guide.text
