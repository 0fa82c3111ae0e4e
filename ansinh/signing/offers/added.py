"""What was added to an offered PDF: its signature and nothing else? Judged in a child process, as examine.py is.

The offered bytes must be the exact beginning of the signed file, and the version they make may differ from the last
one only by a signature's field, its appearance and validation material. A file that was written anew is not it,
whatever it shows: nobody can tell by machine that two PDFs say the same.
"""

import io

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, ModificationLevel, SuspiciousModification

from ansinh.signing.examine import MALFORMED


def adds_only_signatures(signed: bytes, *, offered_size: int) -> bool:
    """Whether the versions after the first `offered_size` bytes add nothing but signatures and what proves them."""
    try:
        revision = PdfFileReader(io.BytesIO(signed[:offered_size])).xrefs.total_revisions - 1
        reader = PdfFileReader(io.BytesIO(signed), strict=False)
        last = reader.xrefs.total_revisions - 1
        if last <= revision:
            return False
        found = DEFAULT_DIFF_POLICY.apply(
            reader.get_historical_resolver(revision), reader.get_historical_resolver(last)
        )
        fields = {signature.field_name for signature in reader.embedded_signatures}
    except (SuspiciousModification, PdfError, *MALFORMED):
        return False
    return bool(found.modification_level <= ModificationLevel.FORM_FILLING and found.changed_form_fields <= fields)
