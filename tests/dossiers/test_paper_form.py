"""The form on paper: every procedure with a numbered form has it, empty and filled."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pypdfium2
import pytest

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.queries import folders
from ansinh.dossiers.paper_form import form_of, paper_form
from ansinh.offices.models import Office
from ansinh.platform.errors import NotFound
from tests.world import LOCAL_OFFICE, a_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 9, 3, tzinfo=UTC)
PENSIONERS = "thay-doi-hinh-thuc-linh"
WITH_FORM = [folder for folder in folders() if form_of(folder)]


def of(slug: str) -> ProcedureFolder:
    return next(folder for folder in folders() if folder.slug == slug)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    finally:
        document.close()


@pytest.mark.requirement("R-104")
@pytest.mark.parametrize("folder", WITH_FORM, ids=lambda folder: folder.slug)
def test_a_blank_form_has_its_code_and_every_section(folder: ProcedureFolder) -> None:
    text = text_of(paper_form(folder, at=AT))
    assert f"Mẫu {folder.procedure.forms[0].code}" in text
    assert folder.form is not None
    for section in folder.form.sections:
        assert section.title_vi.split()[0] in text


@pytest.mark.requirement("R-103")
@pytest.mark.requirement("R-104")
def test_a_filled_form_has_the_answers_the_office_and_the_envelope() -> None:
    a_world()
    folder = of(PENSIONERS)
    example = next(one for one in folder.examples if one.key == "tien-mat-sang-tai-khoan")
    office = Office.objects.get(code=LOCAL_OFFICE)
    text = text_of(paper_form(folder, answers=example.answers, office=office, at=AT))
    assert "Thay đổi thông tin hưởng lương hưu" in text
    assert office.address in text and office.name_vi in text
    assert str(example.answers["full_name"]) in text
    hidden = [field for field in folder.form.fields() if field.key in example.expected.get("hidden", [])]  # type: ignore[union-attr]
    assert all(field.label_vi not in text for field in hidden)


def test_digits_stand_one_in_a_box() -> None:
    folder = of("huong-bhxh-mot-lan")
    text = text_of(paper_form(folder, answers=folder.examples[0].answers, at=AT)).replace(" ", "")
    assert "4516123456" in text and "04051990" in text


def test_a_procedure_that_asks_nothing_has_no_paper_form() -> None:
    without = next(folder for folder in folders() if folder.form is None)
    with pytest.raises(NotFound):
        paper_form(without, at=AT)
