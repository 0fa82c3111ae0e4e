"""QR codes as SVG, for papers and pages alike."""

import io
from typing import Final

import segno

MASK: Final = 3
"""Every mask is as readable to a machine; to compare all eight takes five times as long as the code itself."""


def qr_svg(text: str, *, title: str = "", css_class: str = "") -> str:
    """A QR code (level M, four modules of quiet zone) as one SVG element without fixed size.

    On a page it has a title for screen readers and a class; on papers neither.
    """
    out = io.BytesIO()
    segno.make(text, error="m", micro=False, mask=MASK).save(
        out,
        kind="svg",
        border=4,
        xmldecl=False,
        svgns=True,
        omitsize=True,
        nl=False,
        title=title or None,
        svgclass=css_class or None,
    )
    return out.getvalue().decode("utf-8")
