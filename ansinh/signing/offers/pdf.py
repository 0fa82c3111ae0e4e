"""A PDF made ready to be signed by any program."""

import io

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NumberObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


def with_form(pdf: bytes) -> bytes:
    """The PDF with an empty form, which a signature's field is put into.

    With a form already there, what a signing program adds is one field; without, the comparison of the versions
    cannot tell its form from a change (ansinh.signing.offers.added).
    """
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    form = DictionaryObject(  # type: ignore[no-untyped-call]
        {
            pdf_name("/Fields"): ArrayObject(),
            pdf_name("/SigFlags"): NumberObject(3),  # type: ignore[no-untyped-call]
        }
    )
    writer.root[pdf_name("/AcroForm")] = writer.add_object(form)
    writer.update_root()  # type: ignore[no-untyped-call]
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()
